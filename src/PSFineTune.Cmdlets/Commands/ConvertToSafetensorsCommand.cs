using System.Management.Automation;
using PSFineTune.Packaging;

namespace PSFineTune.Cmdlets;

/// <summary>Writes PyTorch weights, or weights in shards, as one safetensors file.</summary>
/// <remarks>A PyTorch file (.pth, .pt, .bin) is read as data: what its pickle calls is looked up in a short list of constructors of tensors, anything else is refused by name, and nothing is run. The tensors are those of its state dict, also where that lies under state_dict or model beside an optimizer; the prefix that DataParallel adds to names is removed. Numbers become float32, whole numbers int64. Plans take PyTorch files and shards as they are: convert to keep one plain file, or to note how the network wants pixels.</remarks>
/// <example>
/// <code>ConvertTo-Safetensors ./resnet18.pth -PassThru</code>
/// Writes ./resnet18.safetensors and says how many tensors and bytes it has.
/// </example>
/// <example>
/// <code>ConvertTo-Safetensors ./resnet18.pth ./weights/start.safetensors -Preprocessing @{ InputSize = 224 } -Metadata @{ license = 'BSD-3-Clause' } -Force</code>
/// With the preprocessing that torchvision's weights want, and a note.
/// </example>
/// <example>
/// <code>Get-ChildItem ./downloads -Filter *.pth | ConvertTo-Safetensors -Destination ./weights/ -Force</code>
/// Many files into one folder.
/// </example>
/// <example>
/// <code>ConvertTo-Safetensors ./bert/model.safetensors.index.json ./bert.safetensors -Force</code>
/// Weights in shards as one file; the folder does as well as the index.
/// </example>
[Cmdlet(VerbsData.ConvertTo, "Safetensors", SupportsShouldProcess = true, DefaultParameterSetName = "Path"), OutputType(typeof(ConvertedWeights))]
public sealed class ConvertToSafetensorsCommand : ConvertingCmdlet;

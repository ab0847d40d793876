using System.Management.Automation;
using PSFineTune.Exports;
using PSFineTune.Packaging;

namespace PSFineTune.Cmdlets;

/// <summary>Writes a trained model as an ONNX file, which services run without this module, and compares what ONNX Runtime answers of it.</summary>
/// <remarks>Opset 17, any batch. Outputs are logits and probabilities, the latter with the model's temperature; class names, preprocessing, vocabulary and hashes are in the file's metadata. Images come as float32, N x 3 x H x W, prepared, or with -IncludePreprocessing as 8-bit pixels, N x H x W x 3, red first; resizing and cutting out are not in the graph. Texts come as input_ids and attention_mask, or as one number for each term. Beyond 2 GB of weights a file of theirs lies beside. Without -SkipCheck the file is moved into place only if no probe of the package (without probes: no made-up sample) gets another class and no logit lies further than 1e-4 of the sample's largest one outside of what this module itself answers, alone and among others. With -Quantize one probe in twenty, and one in any case, may get another class, of made-up samples any (they are like nothing that was learned), and a logit may be off by a quarter. Terms of texts come as their weights, which terms in the metadata says how to compute. No file that the model is read from is written over, -Force or not.</remarks>
/// <example>
/// <code>Export-OnnxModel ./clothing.onnx -Model ./clothing.psft -IncludePreprocessing -PassThru</code>
/// A package, for a service that resizes its pictures and gives them as they are.
/// </example>
/// <example>
/// <code>$run | Export-OnnxModel ./small.onnx -Quantize Dynamic -Force</code>
/// A run with weights of eight bits: about a quarter of the size, and answers that differ a little. Measure it on samples of your own: the check only finds what is broken.
/// </example>
/// <example>
/// <code>$machine | Export-OnnxModel ./tickets.onnx -PassThru | Select-Object -ExpandProperty Inputs</code>
/// A model of texts, and what it takes.
/// </example>
[Cmdlet(VerbsData.Export, "OnnxModel", SupportsShouldProcess = true), OutputType(typeof(OnnxExport))]
public sealed class ExportOnnxModelCommand : ModelExportCmdlet
{
    OnnxExport? _written;

    /// <summary>Put scale, mean, standard deviation and the order of colours into the graph, which then takes 8-bit pixels, N x H x W x 3, red, green, blue, as decoders give them.</summary>
    [Parameter]
    public SwitchParameter IncludePreprocessing { get; set; }

    /// <summary>Dynamic keeps weights in eight bits and rounds what they are multiplied with as it comes; what has no such operator stays float32, and a model that has nothing else, such as a machine with a kernel, is written as without, with a warning. The scale of that rounding is one for a whole batch, so a sample's answer depends a little on those beside it.</summary>
    [Parameter]
    public OnnxQuantization Quantize { get; set; }

    /// <summary>Write the file without comparing answers, such as where ONNX Runtime cannot be loaded.</summary>
    [Parameter]
    public SwitchParameter SkipCheck { get; set; }

    private protected override string Action => "Export ONNX model";

    private protected override void Write(TrainedModel trained, string path)
    {
        _written = OnnxExporter.Write(trained, path, new() { IncludePreprocessing = IncludePreprocessing, Quantization = Quantize, SkipCheck = SkipCheck }, Cancelled);
        if (Quantize != _written.Quantization && Fault.NothingQuantized(_written.Path, _written.Model) is var note) WriteWarning($"{note.Id}: {note.Message} {note.RecommendedAction}");
    }

    private protected override object Written(string path) => _written!;
}

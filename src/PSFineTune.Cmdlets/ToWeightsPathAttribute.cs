using System.Management.Automation;
using PSFineTune.Packaging;
using PSFineTune.Pretrained;

namespace PSFineTune.Cmdlets;

/// <summary>Takes what Save-PretrainedModel and ConvertTo-Safetensors say of a weights file for its path, live or with its properties alone, as it comes from a job; all else is left to the parameter's own conversion.</summary>
public sealed class ToWeightsPathAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData) => inputData switch
    {
        object[] several => Array.ConvertAll(several, one => PathOf(one) ?? one),
        _ => PathOf(inputData) ?? inputData,
    };

    static string? PathOf(object? given) => (given is PSObject wrapped ? wrapped.BaseObject : given) switch
    {
        PretrainedModel saved => saved.Path,
        ConvertedWeights converted => converted.Path,
        PSCustomObject => PSObject.AsPSObject(given).Properties["Path"]?.Value?.ToString(),
        _ => null,
    };
}

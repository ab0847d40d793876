using System.Collections;
using System.Management.Automation;
using PSFineTune.Augment;

namespace PSFineTune.Cmdlets;

/// <summary>Takes what stands for a pipeline: itself, a file of Export-AugmentPipeline, JSON, what ConvertFrom-Json made of it, a preset's name, or ops.</summary>
public sealed class ToAugmentPipelineAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        try
        {
            return Pipeline(inputData, path => engineIntrinsics?.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path) ?? path);
        }
        catch (FineTuneException fault)
        {
            // PowerShell shows the message alone, so it says what to do, too.
            throw new ArgumentTransformationMetadataException($"{fault.Message} {fault.RecommendedAction}", fault);
        }
    }

    /// <summary>The pipeline, or null where null was given.</summary>
    /// <param name="given">By a script.</param>
    /// <param name="resolve">A path as it is written to a full one.</param>
    internal static object? Pipeline(object? given, Func<string, string> resolve) => (given is PSObject wrapped && wrapped.BaseObject is not PSCustomObject ? wrapped.BaseObject : given) switch
    {
        null => null,
        AugmentPipeline pipeline => pipeline,
        FileInfo file => PipelineFile.Read(file.FullName).Pipeline,
        string text when text.TrimStart() is ['{' or '[', ..] => PipelineJson.Read(text, "The JSON text").Pipeline,
        string path when path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) || File.Exists(resolve(path)) => PipelineFile.Read(resolve(path)).Pipeline,
        string preset when AugmentPreset.Names.Contains(preset, StringComparer.OrdinalIgnoreCase) => AugmentPreset.Create(preset),
        PSObject custom => PipelineJson.Read(ObjectJson.Of(custom), "The object").Pipeline,
        IDictionary table when table.Count > 1 || table.Contains("Ops") => PipelineJson.Read(ObjectJson.Of(table), "The hashtable").Pipeline,
        IList many when many.Cast<object?>().Any(item => item is PSObject { BaseObject: PSCustomObject }) => PipelineJson.Read(ObjectJson.Of(many), "The list").Pipeline,
        var ops => Checked(new ToCatalogItemAttribute<AugmentOp>().Transform(null!, ops)),
    };

    // What is no op either is left to the parameter's own conversion, which says what it is.
    static object? Checked(object? ops)
    {
        if (ops is object[] many && Array.TrueForAll(many, op => op is AugmentOp)) ops = new AugmentPipeline { Ops = Array.ConvertAll(many, op => (AugmentOp)op) };
        else if (ops is AugmentOp op) ops = new AugmentPipeline { Ops = [op] };
        (ops as AugmentPipeline)?.Validate();
        return ops;
    }
}

/// <summary>The same conversion for where no attribute stands: casts, and the parameters of Pester's mocks. Named in types.ps1xml.</summary>
public sealed class AugmentPipelineConverter : PSTypeConverter
{
    public override bool CanConvertFrom(object sourceValue, Type destinationType) => sourceValue is string or IDictionary or IList or FileInfo or PSObject or AugmentOp;

    public override object ConvertFrom(object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase) =>
        ToAugmentPipelineAttribute.Pipeline(sourceValue, Path.GetFullPath) as AugmentPipeline ?? throw new PSInvalidCastException($"A {sourceValue.GetType().Name} is no pipeline.");

    public override bool CanConvertTo(object sourceValue, Type destinationType) => false;

    public override object ConvertTo(object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase) =>
        throw new PSInvalidCastException($"A pipeline is no {destinationType.Name}.");
}

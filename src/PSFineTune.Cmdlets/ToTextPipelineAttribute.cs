using System.Collections;
using System.Management.Automation;
using PSFineTune.Text;

namespace PSFineTune.Cmdlets;

/// <summary>Takes what stands for a text pipeline: itself, a file of Export-TextPipeline, or a hashtable of its settings.</summary>
public sealed class ToTextPipelineAttribute : ArgumentTransformationAttribute
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

    /// <summary>The pipeline; what stands for none is left to the parameter's own conversion, which says what it is.</summary>
    /// <param name="given">By a script.</param>
    /// <param name="resolve">A path as it is written to a full one.</param>
    internal static object? Pipeline(object? given, Func<string, string> resolve) => (given is PSObject wrapped ? wrapped.BaseObject : given) switch
    {
        FileInfo file => TextPipelineFile.Read(file.FullName),
        string path => TextPipelineFile.Read(resolve(path)),
        IDictionary settings => CatalogSettings.Set(new TextPipeline(), settings).Resolve(resolve),
        var other => other,
    };
}

/// <summary>The same conversion for where no attribute stands: casts, and the parameters of Pester's mocks. Named in types.ps1xml.</summary>
public sealed class TextPipelineConverter : PSTypeConverter
{
    public override bool CanConvertFrom(object sourceValue, Type destinationType) => sourceValue is string or IDictionary or FileInfo;

    public override object ConvertFrom(object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase) =>
        ToTextPipelineAttribute.Pipeline(sourceValue, Path.GetFullPath) as TextPipeline ?? throw new PSInvalidCastException($"A {sourceValue.GetType().Name} is no text pipeline.");

    public override bool CanConvertTo(object sourceValue, Type destinationType) => false;

    public override object ConvertTo(object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase) =>
        throw new PSInvalidCastException($"A text pipeline is no {destinationType.Name}.");
}

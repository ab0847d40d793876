using System.Collections;
using System.Management.Automation;
using PSFineTune.Text;

namespace PSFineTune.Cmdlets;

/// <summary>Takes what stands for a text pipeline: itself, a file of Export-TextPipeline, or a hashtable of its settings.</summary>
public sealed class ToTextPipelineAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        string Full(string path) => engineIntrinsics?.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path) ?? Path.GetFullPath(path);
        try
        {
            return (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) switch
            {
                FileInfo file => TextPipelineFile.Read(file.FullName),
                string path => TextPipelineFile.Read(Full(path)),
                IDictionary settings => CatalogSettings.Set(new TextPipeline(), settings).Resolve(Full),
                var other => other,
            };
        }
        catch (FineTuneException fault)
        {
            // PowerShell shows the message alone, so it says what to do, too.
            throw new ArgumentTransformationMetadataException($"{fault.Message} {fault.RecommendedAction}", fault);
        }
    }
}

using System.Collections;
using System.Management.Automation;

namespace PSFineTune.Cmdlets;

/// <summary>Takes a hashtable of settings for a record; PowerShell's own conversion makes no read-only lists.</summary>
public sealed class ToSettingsAttribute<T> : ArgumentTransformationAttribute where T : class, new()
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        if ((inputData is PSObject wrapped ? wrapped.BaseObject : inputData) is not IDictionary settings) return inputData;
        try
        {
            return CatalogSettings.Set(new T(), settings);
        }
        catch (FineTuneException fault)
        {
            // PowerShell shows the message alone, so it says what to do, too.
            throw new ArgumentTransformationMetadataException($"{fault.Message} {fault.RecommendedAction}", fault);
        }
    }
}

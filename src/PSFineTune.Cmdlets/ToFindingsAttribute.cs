using System.Collections;
using System.Management.Automation;
using PSFineTune.Audit;

namespace PSFineTune.Cmdlets;

/// <summary>Takes findings, and what a job, a csv or a hashtable has left of them.</summary>
public sealed class ToFindingsAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        inputData is null ? null : LanguagePrimitives.GetEnumerable(inputData) is { } many ? many.Cast<object?>().OfType<object>().Select(Finding).ToArray() : new[] { Finding(inputData) };

    static AuditFinding Finding(object given) => given switch
    {
        PSObject { BaseObject: AuditFinding finding } => finding,
        AuditFinding finding => finding,
        PSObject { BaseObject: IDictionary table } => Made(table),
        IDictionary table => Made(table),
        // What a job adds to an object is no part of it.
        _ => Made(CatalogSettings.Of(typeof(AuditFinding)).Select(known => PSObject.AsPSObject(given).Properties[known.Name]).OfType<PSPropertyInfo>().ToDictionary(property => property.Name, property => property.Value)),
    };

    static AuditFinding Made(IDictionary settings)
    {
        try
        {
            return settings.Count > 0 ? CatalogSettings.Set(new AuditFinding(), settings) : throw Fault.NotAFinding();
        }
        catch (FineTuneException fault)
        {
            // PowerShell shows the message alone, so it says what to do, too.
            throw new ArgumentTransformationMetadataException($"{fault.Message} {fault.RecommendedAction}", fault);
        }
    }
}

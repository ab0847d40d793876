using System.Collections;
using System.Management.Automation;

namespace PSFineTune.Cmdlets;

/// <summary>Takes what users write for a catalog's record: its name, @{ Name = @{ Setting = value } }, or the record itself; one or many.</summary>
public sealed class ToCatalogItemAttribute<T> : ArgumentTransformationAttribute where T : class
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        try
        {
            return Plain(inputData) is IList many ? many.Cast<object?>().Select(item => One(Plain(item))).ToArray() : One(Plain(inputData));
        }
        catch (FineTuneException fault)
        {
            // PowerShell shows the message alone, so it says what to do, too.
            throw new ArgumentTransformationMetadataException($"{fault.Message} {fault.RecommendedAction}", fault);
        }
    }

    // What is neither a name, a hashtable nor a record is left to the parameter's own conversion, which says what it is.
    static object? One(object? item) => item switch
    {
        string name => Catalog<T>.Create(name),
        IDictionary { Count: 1 } table => Named(table),
        IDictionary table => throw Fault.NotOneEntry(typeof(T).Name, table.Count),
        _ => item,
    };

    static T Named(IDictionary table)
    {
        var entry = table.Cast<DictionaryEntry>().Single();
        return CatalogSettings.Create<T>(entry.Key.ToString()!, Plain(entry.Value) switch
        {
            IDictionary settings => settings,
            null => new Hashtable(),
            var other => throw Fault.BadSetting(typeof(T).Name, entry.Key.ToString()!, other, "hashtable of settings"),
        });
    }

    static object? Plain(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}

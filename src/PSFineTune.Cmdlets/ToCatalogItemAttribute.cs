using System.Collections;
using System.Management.Automation;
using System.Reflection;

namespace PSFineTune.Cmdlets;

/// <summary>Takes what users write for a catalog's record: its name, @{ Name = @{ Setting = value } }, or the record itself; one or many.</summary>
public sealed class ToCatalogItemAttribute<T> : ArgumentTransformationAttribute where T : class
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) => Plain(inputData) switch
    {
        IDictionary one => Item(one),
        string one => Item(one),
        IEnumerable many => many.Cast<object>().Select(item => Item(Plain(item))).ToArray(),
        var one => Item(one),
    };

    static object Item(object given)
    {
        try
        {
            return given switch
            {
                string name => Catalog<T>.Create(name),
                IDictionary { Count: 1 } table => With(table.Keys.Cast<object>().Single().ToString()!, Plain(table.Values.Cast<object>().Single())),
                IDictionary table => throw new ArgumentTransformationMetadataException(
                    $"A hashtable of {table.Count} entries does not name one {typeof(T).Name}. Write @{{ Name = @{{ Setting = value }} }}; names: {string.Join(", ", Catalog<T>.Names)}."),
                _ => given,
            };
        }
        catch (FineTuneException fault)
        {
            throw new ArgumentTransformationMetadataException($"{fault.Message} {fault.RecommendedAction}", fault);
        }
    }

    // Each setting by name, so that a wrong one is named together with those there are.
    static T With(string name, object settings)
    {
        var item = Catalog<T>.Create(name);
        var known = item.GetType().GetProperties().Where(property => property.CanWrite && property.SetMethod!.IsPublic).ToDictionary(property => property.Name, StringComparer.OrdinalIgnoreCase);
        if (settings is not IDictionary table)
            throw new ArgumentTransformationMetadataException($"The settings of {name} are '{settings}'; write @{{ {name} = @{{ Setting = value }} }}. Settings: {string.Join(", ", known.Keys)}.");
        foreach (DictionaryEntry entry in table)
        {
            if (!known.TryGetValue(entry.Key.ToString()!, out var property)) throw Fault.Unknown($"setting of {item.GetType().Name}", entry.Key.ToString()!, known.Keys);
            property.SetValue(item, Converted(property, entry.Value, name));
        }
        return item;
    }

    static object? Converted(PropertyInfo property, object? value, string name) => LanguagePrimitives.TryConvertTo(value, property.PropertyType, out var converted)
        ? converted
        : throw new ArgumentTransformationMetadataException($"{name}'s {property.Name} is '{value}', which is no {property.PropertyType.Name}.");

    static object Plain(object value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}

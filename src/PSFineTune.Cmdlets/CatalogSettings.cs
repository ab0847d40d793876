using System.Collections;
using System.Management.Automation;
using System.Reflection;

namespace PSFineTune.Cmdlets;

/// <summary>The settings of a catalog's records: what a hashtable may name.</summary>
static class CatalogSettings
{
    public static IEnumerable<PropertyInfo> Of(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.SetMethod is { IsPublic: true });

    /// <summary>The record of that name with the settings of a hashtable; what it leaves out keeps its default.</summary>
    /// <exception cref="FineTuneException">UnknownName, UnknownSetting or BadSetting.</exception>
    public static T Create<T>(string name, IDictionary settings) where T : class => Set(Catalog<T>.Create(name), settings);

    /// <summary>Gives a new record the settings of a hashtable.</summary>
    /// <exception cref="FineTuneException">UnknownSetting or BadSetting.</exception>
    public static T Set<T>(T made, IDictionary settings) where T : class
    {
        var known = Of(made.GetType()).ToList();
        foreach (DictionaryEntry entry in settings)
        {
            var setting = entry.Key.ToString()!;
            var property = known.Find(property => property.Name.Equals(setting, StringComparison.OrdinalIgnoreCase))
                ?? throw Fault.UnknownSetting(made.GetType().Name, setting, [.. known.Select(property => property.Name)]);
            property.SetValue(made, Converted(made.GetType().Name, property, entry.Value));
        }
        return made;
    }

    static object? Converted(string of, PropertyInfo property, object? value)
    {
        var plain = value is PSObject wrapped ? wrapped.BaseObject : value;
        if (plain is null && !property.PropertyType.IsValueType) return null;
        if (plain is IDictionary settings && IsRecord(property.PropertyType)) return Set(Activator.CreateInstance(property.PropertyType)!, settings);
        try
        {
            return LanguagePrimitives.ConvertTo(plain, Target(property.PropertyType), System.Globalization.CultureInfo.InvariantCulture);
        }
        catch (Exception wrong) when (wrong is PSInvalidCastException or FineTuneException)
        {
            // What is wrong with an item of a list is told by the item.
            if (IsList(property.PropertyType) && Within(wrong) is { } fault) throw fault;
            throw Fault.BadSetting(of, property.Name, plain, Described(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType), wrong);
        }
    }

    static string Described(Type type) =>
        type.IsEnum ? $"{type.Name} ({string.Join(", ", Enum.GetNames(type))})" : IsList(type) ? $"list of {type.GetGenericArguments()[0].Name}" : type.Name;

    static FineTuneException? Within(Exception? wrong) => wrong is null ? null : wrong as FineTuneException ?? Within(wrong.InnerException);

    // One of ours within another, whose settings are a hashtable again.
    static bool IsRecord(Type type) => type.Assembly == typeof(FineTuneException).Assembly && !type.IsAbstract && type.GetConstructor(Type.EmptyTypes) is not null;

    static bool IsList(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>);

    // PowerShell makes arrays, but not the read-only lists that records hold.
    static Type Target(Type type) =>
        IsList(type) ? type.GetGenericArguments()[0].MakeArrayType() : type;
}

using System.Collections;
using System.Globalization;
using System.Reflection;

namespace PSFineTune.Augment;

/// <summary>Settings of ops and edits in words, read off their properties, so that a new record needs no text of its own.</summary>
static class SettingText
{
    /// <summary>The properties that a JSON file or a hashtable may name.</summary>
    public static IEnumerable<PropertyInfo> Of(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.SetMethod is { IsPublic: true });

    /// <summary>Those whose value is not the default, in the order of the record.</summary>
    public static IEnumerable<(string Name, object? Value)> ChangedOf(object record)
    {
        var usual = Activator.CreateInstance(record.GetType())!;
        return from property in Of(record.GetType())
               let value = property.GetValue(record)
               where !Same(value, property.GetValue(usual))
               select (property.Name, value);
    }

    /// <summary>Such as "Size 32, Interpolation Bilinear".</summary>
    public static string All(object record) => string.Join(", ",
        from property in Of(record.GetType()) let value = property.GetValue(record) where value is not null select $"{property.Name} {Value(value, "0.####")}");

    /// <param name="value">Of a property.</param>
    /// <param name="format">Of numbers.</param>
    public static string Value(object? value, string format) => value switch
    {
        null => "none",
        Numbers { Count: 1 } one => one[0].ToString(format, CultureInfo.InvariantCulture),
        Numbers many => $"[{string.Join(", ", many.Values.Select(number => number.ToString(format, CultureInfo.InvariantCulture)))}]",
        string text => text,
        AugmentOp op => op.Settings is { Length: > 0 } settings ? $"{op.Name} ({settings})" : op.Name,
        IEnumerable list => $"[{string.Join(", ", list.Cast<object?>().Select(item => Value(item, format)))}]",
        double or float => ((IFormattable)value).ToString(format, CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    static bool Same(object? one, object? other) =>
        one is IEnumerable first and not string && other is IEnumerable second ? first.Cast<object?>().SequenceEqual(second.Cast<object?>()) : Equals(one, other);
}

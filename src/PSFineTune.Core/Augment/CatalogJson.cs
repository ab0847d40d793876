using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PSFineTune.Augment;

/// <summary>
/// Reads a catalog's records from JSON that people write: { "is": "Name", settings }, { "Name": { settings } } or "Name".
/// What is unknown is refused by its name, with the nearest known one.
/// </summary>
static class CatalogJson
{
    // The second is what is left of a record where only properties travel.
    static readonly string[] s_tags = ["is", nameof(AugmentOp.Name)];

    static readonly string[] s_ignored = [nameof(AugmentOp.Name), nameof(AugmentOp.Settings), nameof(Edit.Description)];

    /// <exception cref="FineTuneException">UnknownName, UnknownSetting, BadSetting, NotDescribed.</exception>
    public static T Read<T>(JsonNode? node) where T : class
    {
        var (name, settings) = Parts(node) ?? throw Fault.NotDescribed($"'{node?.ToJsonString()}'", typeof(T).Name, "it has no name.");
        var made = Catalog<T>.Create(name);
        var known = SettingText.Of(made.GetType()).ToList();
        foreach (var (setting, value) in settings.Where(setting => !Named(s_tags, setting.Key)))
            if (known.Find(property => property.Name.Equals(setting, StringComparison.OrdinalIgnoreCase)) is { } property)
                property.SetValue(made, Value<T>(made.GetType().Name, property, value));
            else if (!Named(s_ignored, setting)) throw Fault.UnknownSetting(made.GetType().Name, setting, [.. known.Select(property => property.Name)]);
        return made;
    }

    /// <summary>One record, or a list of them.</summary>
    public static IReadOnlyList<T> ReadAll<T>(JsonNode? node) where T : class =>
        node is JsonArray many ? [.. many.Select(Read<T>)] : [Read<T>(node)];

    static (string Name, IEnumerable<KeyValuePair<string, JsonNode?>> Settings)? Parts(JsonNode? node) => node switch
    {
        JsonValue value when value.TryGetValue<string>(out var name) => (name, []),
        JsonObject tagged when tagged.FirstOrDefault(entry => Named(s_tags, entry.Key)).Value is JsonValue tag && tag.TryGetValue<string>(out var name) => (name, tagged),
        JsonObject { Count: 1 } entry when entry.Single().Value is null or JsonObject => (entry.Single().Key, entry.Single().Value as JsonObject ?? []),
        _ => null,
    };

    static object? Value<T>(string of, PropertyInfo property, JsonNode? value) where T : class
    {
        var type = property.PropertyType;
        if (type == typeof(T)) return Read<T>(value);
        if (type == typeof(IReadOnlyList<T>)) return ReadAll<T>(value);
        try
        {
            return PlanJson.ReadAs(value, type);
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException or FineTuneException)
        {
            var plain = Nullable.GetUnderlyingType(type) ?? type;
            throw Fault.BadSetting(of, property.Name, value?.ToJsonString() ?? "null", plain.IsEnum ? $"{plain.Name} ({string.Join(", ", Enum.GetNames(plain))})" : plain.Name, wrong);
        }
    }

    static bool Named(string[] names, string key) => names.Contains(key, StringComparer.OrdinalIgnoreCase);
}

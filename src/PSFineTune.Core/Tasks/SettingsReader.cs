using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using PSFineTune.Augment;
using PSFineTune.Text;

namespace PSFineTune.Tasks;

/// <summary>
/// Reads records from JSON that people write, and says all that is wrong with it, not only the first: unknown settings with
/// the nearest known one, values of another kind, records of a catalog that there are none of.
/// </summary>
/// <param name="full">Makes a path full that starts at the settings file's folder.</param>
sealed class SettingsReader(Func<string, string> full)
{
    readonly List<TaskProblem> _problems = [];

    public IReadOnlyList<TaskProblem> Problems => _problems;

    /// <summary>The settings of a record, in the order they are written in.</summary>
    public static IEnumerable<PropertyInfo> Of(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.SetMethod is { IsPublic: true } && property.GetCustomAttribute<JsonIgnoreAttribute>() is null);

    /// <summary>As it is written in a file.</summary>
    public static string NameOf(PropertyInfo property) => property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? JsonNamingPolicy.CamelCase.ConvertName(property.Name);

    /// <summary>A record of ours whose settings stand in the file.</summary>
    public static bool IsRecord(Type type) => type.Assembly == typeof(SettingsReader).Assembly && type is { IsClass: true, IsAbstract: false } && type.GetConstructor(Type.EmptyTypes) is not null;

    /// <summary>One of several records of ours, told by its name.</summary>
    public static bool IsCatalog(Type type) => type.Assembly == typeof(SettingsReader).Assembly && type is { IsClass: true, IsAbstract: true };

    /// <summary>What a list is a list of; null for no list.</summary>
    public static Type? ItemOf(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? type.GetGenericArguments()[0] : null;

    /// <summary>A record with the settings that are given; where one is wrong it has its default, and there is a problem more.</summary>
    /// <param name="type">Of the record.</param>
    /// <param name="node">The settings.</param>
    /// <param name="at">Where they stand; empty for the top.</param>
    public object Read(Type type, JsonObject node, string at)
    {
        var made = Activator.CreateInstance(type)!;
        var known = Of(type).ToList();
        HashSet<string> met = new(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in node)
        {
            var here = at.Length == 0 ? name : $"{at}.{name}";
            if (known.Find(property => NameOf(property).Equals(name, StringComparison.OrdinalIgnoreCase)) is not { } property)
                _problems.Add(TaskProblem.Of(here, Fault.UnknownSetting(at.Length == 0 ? "The task" : $"'{at}'", name, [.. known.Select(NameOf)])));
            else if (!met.Add(name)) _problems.Add(new(here, $"'{here}' is given twice.", "Leave one of them out."));
            else if (Value(property, value, here) is { } read) property.SetValue(made, read);
        }
        return made;
    }

    object? Value(PropertyInfo property, JsonNode? node, string at)
    {
        try
        {
            var value = Value(property.PropertyType, node, at);
            return property.GetCustomAttribute<SettingsPathAttribute>() is { } kind && value is string { Length: > 0 } path && !kind.IsOther(path) ? full(path) : value;
        }
        catch (FineTuneException fault)
        {
            _problems.Add(TaskProblem.Of(at, fault));
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException or FormatException or ArgumentException or NotSupportedException)
        {
            _problems.Add(TaskProblem.Of(at, Fault.BadTaskSetting(at, node?.ToJsonString() ?? "null", Described(property.PropertyType), wrong)));
        }
        return null;
    }

    object? Value(Type type, JsonNode? node, string at) => node switch
    {
        null when Nullable.GetUnderlyingType(type) is not null || !type.IsValueType => null,
        // A number would mean whatever stands in that place in another version.
        _ when (Nullable.GetUnderlyingType(type) ?? type) is { IsEnum: true } names => node is JsonValue word && word.TryGetValue<string>(out var name) && Enum.GetNames(names).FirstOrDefault(known => known.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } known ? Enum.Parse(names, known) : throw new FormatException(),
        JsonArray items when ItemOf(type) is not null && items.Contains(null) => throw new FormatException(),
        _ when type == typeof(AugmentPipeline) => Pipeline(node, at),
        JsonValue value when type == typeof(TextPipeline) && value.TryGetValue<string>(out var path) => TextPipelineFile.Read(full(path)),
        JsonObject settings when IsRecord(type) => type == typeof(TextPipeline) ? ((TextPipeline)Read(type, settings, at)).Resolve(full) : Read(type, settings, at),
        _ when IsCatalog(type) => typeof(CatalogJson).GetMethod(nameof(CatalogJson.Read))!.MakeGenericMethod(type).Invoke(null, BindingFlags.DoNotWrapExceptions, null, [node], null),
        JsonArray items when ItemOf(type) is { } item && (IsRecord(item) || IsCatalog(item)) => List(item, items, at),
        // One is a list of one, as PowerShell has it.
        JsonValue value when ItemOf(type) == typeof(string) && value.TryGetValue<string>(out var only) => (string[])[only],
        _ => PlanJson.ReadAs(node, type),
    };

    Array List(Type item, JsonArray items, string at)
    {
        var list = Array.CreateInstance(item, items.Count);
        for (var i = 0; i < items.Count; i++) list.SetValue(Value(item, items[i], $"{at}[{i}]"), i);
        return list;
    }

    AugmentPipeline Pipeline(JsonNode? node, string at)
    {
        if (node is not JsonValue value || !value.TryGetValue<string>(out var text)) return PipelineJson.Read(node, $"'{at}'").Pipeline;
        if (AugmentPreset.Names.Contains(text, StringComparer.OrdinalIgnoreCase)) return AugmentPreset.Create(text);
        return text.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? PipelineFile.Read(full(text)).Pipeline : PipelineJson.Read(node, $"'{at}'").Pipeline;
    }

    static string Described(Type type) => Plain(Nullable.GetUnderlyingType(type) ?? type);

    static string Plain(Type type) => type.IsEnum ? $"one of {string.Join(", ", Enum.GetNames(type))}"
        : ItemOf(type) is { } item ? $"a list, each {Plain(item)}"
        : type == typeof(bool) ? "true or false"
        : type == typeof(int) || type == typeof(long) ? "a whole number"
        : type == typeof(double) ? "a number"
        : type == typeof(string) ? "a text"
        : type == typeof(TimeSpan) ? "a time as hours:minutes:seconds, such as \"04:00:00\""
        : IsRecord(type) ? "an object of settings" : type.Name;
}

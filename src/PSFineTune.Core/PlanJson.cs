using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace PSFineTune;

/// <summary>Plans, pipelines and run records as JSON; abstract records are tagged ("is") with their catalog name.</summary>
public static class PlanJson
{
    static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter() },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { TagDerivedTypes } },
    };

    static readonly JsonSerializerOptions s_strict = new(s_options) { PropertyNameCaseInsensitive = false };

    static readonly JsonSerializerOptions s_line = new(s_options) { WriteIndented = false };

    /// <summary>Indented, lines end in \n on every platform.</summary>
    public static string Write<T>(T value) => JsonSerializer.Serialize(value, s_options).ReplaceLineEndings("\n");

    /// <summary>The same without line breaks, for JSON Lines.</summary>
    public static string WriteLine<T>(T value) => JsonSerializer.Serialize(value, s_line);

    /// <summary>A value of a type that is only known when it is read.</summary>
    /// <exception cref="JsonException">The text does not describe one.</exception>
    internal static object? ReadAs(JsonNode? node, Type type) => node.Deserialize(type, s_options);

    /// <exception cref="FineTuneException">InvalidJson, with the place of the first error.</exception>
    public static T Read<T>(string json) => Parse<T>(json, s_options);

    /// <summary>What machines write for machines: names are spelt as they are written, and none stands twice, so that there is one way to read it.</summary>
    /// <exception cref="FineTuneException">InvalidJson.</exception>
    internal static T ReadStrict<T>(string json) => JsonNames.Twice(json, StringComparer.Ordinal) is { } twice ? throw Invalid<T>(new JsonException($"'{twice}' stands twice in one object.")) : Parse<T>(json, s_strict);

    static T Parse<T>(string json, JsonSerializerOptions options)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, options) ?? throw new JsonException("The text is null.");
        }
        catch (Exception wrong) when (wrong is JsonException or NotSupportedException)
        {
            throw Invalid<T>(wrong);
        }
    }

    static FineTuneException Invalid<T>(Exception wrong) => new("InvalidJson", FaultKind.InvalidData, $"The JSON does not describe a {typeof(T).Name}: {wrong.Message}",
        "Correct the named property, or write the file again with the cmdlet that makes it.", null, wrong);

    static void TagDerivedTypes(JsonTypeInfo info)
    {
        if (!info.Type.IsAbstract || info.Kind != JsonTypeInfoKind.Object) return;
        info.PolymorphismOptions = new() { TypeDiscriminatorPropertyName = "is", UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FailSerialization };
        foreach (var type in (IEnumerable<Type>)typeof(Catalog<>).MakeGenericType(info.Type).GetProperty("Types")!.GetValue(null)!)
            info.PolymorphismOptions.DerivedTypes.Add(new(type, type.Name));
    }
}

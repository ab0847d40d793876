using System.Reflection;
using System.Text.Json.Nodes;
using PSFineTune.Augment;
using PSFineTune.Text;

namespace PSFineTune.Tasks;

/// <summary>The schema of a task's settings file (JSON Schema, draft 2020-12), made from the records that the file is read into.</summary>
/// <param name="describe">What a type or setting is, one sentence; null for nothing.</param>
sealed class TaskSchema(Func<MemberInfo, string?> describe)
{
    /// <summary>Its text; the same records make the same text on every platform.</summary>
    public string Write()
    {
        JsonObject schema = new() { ["$schema"] = "https://json-schema.org/draft/2020-12/schema", ["title"] = "A retraining of PSFineTune" };
        foreach (var (name, value) in Record(typeof(FineTuneTask))) schema[name] = value?.DeepClone();
        schema["required"] = new JsonArray("name", "data", "plan");
        return PlanJson.Write<JsonNode>(schema) + "\n";
    }

    JsonObject Record(Type type)
    {
        var (properties, defaults) = (new JsonObject(), Activator.CreateInstance(type)!);
        foreach (var property in SettingsReader.Of(type))
        {
            var setting = IsNullable(property) ? OrNull(Of(property.PropertyType)) : Of(property.PropertyType);
            if ((describe(property) ?? describe(property.PropertyType)) is { } meaning) setting["description"] = meaning;
            if (Default(property, defaults) is { } value) setting["default"] = value;
            properties[SettingsReader.NameOf(property)] = setting;
        }
        return new() { ["type"] = "object", ["properties"] = properties, ["additionalProperties"] = false };
    }

    JsonObject Of(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (plain == typeof(AugmentPipeline)) return Any(Text(), Catalog(typeof(AugmentOp)), List(Catalog(typeof(AugmentOp))), new() { ["type"] = "object" });
        if (plain == typeof(TextPipeline)) return Any(Text(), Record(plain));
        if (SettingsReader.ItemOf(plain) is { } item) return item == typeof(string) ? Any(Text(), List(Text())) : List(Of(item));
        if (SettingsReader.IsCatalog(plain)) return Catalog(plain);
        if (SettingsReader.IsRecord(plain)) return Record(plain);
        if (plain.IsEnum) return new() { ["enum"] = Names(Enum.GetNames(plain)) };
        if (plain == typeof(TimeSpan)) return new() { ["type"] = "string", ["pattern"] = @"^(\d+\.)?\d{2}:\d{2}:\d{2}(\.\d{1,7})?$" };
        if (plain == typeof(bool)) return new() { ["type"] = "boolean" };
        if (plain == typeof(int) || plain == typeof(long)) return new() { ["type"] = "integer" };
        if (plain == typeof(double)) return new() { ["type"] = "number" };
        return plain == typeof(string) ? Text() : new() { ["type"] = "object" };
    }

    static bool IsNullable(PropertyInfo property) => new NullabilityInfoContext().Create(property).WriteState == NullabilityState.Nullable;

    static JsonObject OrNull(JsonObject form)
    {
        if (form["anyOf"] is JsonArray forms) forms.Add(new JsonObject { ["type"] = "null" });
        else if (form["enum"] is JsonArray names) names.Add(null);
        else form["type"] = new JsonArray((string)form["type"]!, "null");
        return form;
    }

    // "Sgd", { "is": "Sgd", … } or { "Sgd": { … } }, whose settings the reader checks.
    static JsonObject Catalog(Type type)
    {
        var names = Names((IEnumerable<string>)typeof(Catalog<>).MakeGenericType(type).GetProperty("Names")!.GetValue(null)!);
        return Any(new JsonObject { ["enum"] = names }, new JsonObject { ["type"] = "object" });
    }

    static JsonNode? Default(PropertyInfo property, object defaults) => property.GetValue(defaults) switch
    {
        null or "" => null,
        Enum name => name.ToString(),
        bool or int or long or double => JsonNode.Parse(PlanJson.WriteLine(property.GetValue(defaults))),
        TimeSpan time => time.ToString("c"),
        _ => null,
    };

    static JsonArray Names(IEnumerable<string> names) => new([.. names.Select(name => JsonValue.Create(name))]);

    static JsonObject Text() => new() { ["type"] = "string" };

    static JsonObject List(JsonObject item) => new() { ["type"] = "array", ["items"] = item };

    static JsonObject Any(params JsonObject[] forms) => new() { ["anyOf"] = new JsonArray([.. forms]) };
}

using System.Text.Json;
using System.Text.Json.Nodes;

namespace PSFineTune.Augment;

/// <summary>Drawn edits back from JSON: what ConvertTo-Json or PlanJson made of them, one, a list, or one a line.</summary>
static class DrawJson
{
    /// <exception cref="FineTuneException">NotADraw, UnknownName, UnknownSetting, BadSetting.</exception>
    public static IReadOnlyList<AugmentDraw> Read(string text, string name)
    {
        try
        {
            return ReadAll(IsLines(text) ? new JsonArray([.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line => JsonNode.Parse(line))]) : JsonNode.Parse(text));
        }
        catch (Exception wrong) when (wrong is JsonException or ArgumentException)
        {
            throw Fault.NotADraw(name, wrong.Message);
        }
    }

    /// <inheritdoc cref="Read(string, string)"/>
    public static IReadOnlyList<AugmentDraw> ReadAll(JsonNode? node) => node is JsonArray many ? [.. many.Select(One)] : [One(node)];

    static AugmentDraw One(JsonNode? node)
    {
        if (node is not JsonObject entries) throw Fault.NotADraw(node?.ToJsonString(), "it is no object.");
        var edits = new List<Edit>();
        var rest = new JsonObject();
        foreach (var (key, value) in entries)
            if (Is(key, nameof(AugmentDraw.Edits))) edits.AddRange(CatalogJson.ReadAll<Edit>(value));
            else if (!Is(key, nameof(AugmentDraw.Description))) rest[key] = value?.DeepClone();
        try
        {
            var draw = (AugmentDraw)PlanJson.ReadAs(rest, typeof(AugmentDraw))!;
            return draw.Path.Length == 0 || draw.Id.Length == 0 ? throw new JsonException("it has no Path or no Id.") : draw with { Edits = edits };
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            throw Fault.NotADraw(node.ToJsonString(), wrong.Message);
        }
    }

    static bool Is(string key, string name) => key.Equals(name, StringComparison.OrdinalIgnoreCase);

    static bool IsLines(string text)
    {
        var first = text.TrimStart().Split('\n')[0].Trim();
        return first.StartsWith('{') && first.EndsWith('}') && text.TrimEnd().Contains('\n') && Whole(first);
    }

    static bool Whole(string line)
    {
        try
        {
            return JsonNode.Parse(line) is JsonObject;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}

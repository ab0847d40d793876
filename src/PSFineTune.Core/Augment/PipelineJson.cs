using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PSFineTune.Augment;

/// <summary>Pipelines as files that people read, keep and edit: the version of the format, a hash of the ops, the ops.</summary>
static class PipelineJson
{
    public const int Version = 1;

    static readonly JsonDocumentOptions s_lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>The file's text; the same pipeline makes the same text on every platform.</summary>
    public static string Write(AugmentPipeline pipeline)
    {
        var ops = JsonNode.Parse(PlanJson.WriteLine(pipeline.Ops));
        return PlanJson.Write(new JsonObject { ["schemaVersion"] = Version, ["sha256"] = HashOf(ops), ["ops"] = ops }) + "\n";
    }

    /// <summary>The pipeline of a file or a text.</summary>
    /// <param name="json">What <see cref="Write"/> made, an object with "ops", a list of ops, or one op.</param>
    /// <param name="name">What to call it in a fault.</param>
    /// <returns>The pipeline, and whether its ops differ from what the hash beside them was taken of.</returns>
    /// <exception cref="FineTuneException">NotDescribed, NewerSchema, UnknownName, UnknownSetting, BadSetting, InvalidOpSetting.</exception>
    public static (AugmentPipeline Pipeline, bool Edited) Read(string json, string name)
    {
        try
        {
            return Read(JsonNode.Parse(json, null, s_lenient), name);
        }
        catch (Exception wrong) when (wrong is JsonException or ArgumentException)
        {
            throw Fault.NotDescribed(name, "a pipeline", wrong.Message, wrong);
        }
    }

    /// <inheritdoc cref="Read(string, string)"/>
    public static (AugmentPipeline Pipeline, bool Edited) Read(JsonNode? node, string name)
    {
        var whole = node as JsonObject;
        var ops = Member(whole, "ops");
        var isFile = ops is not null || Member(whole, "schemaVersion") is not null;
        if (isFile) Check(whole!, name);
        var pipeline = new AugmentPipeline { Ops = ops is null && isFile ? throw Fault.NotDescribed(name, "a pipeline", "it has no \"ops\".") : CatalogJson.ReadAll<AugmentOp>(isFile ? ops : node) };
        pipeline.Validate();
        return (pipeline, Member(whole, "sha256") is { } hash && hash.ToString() != HashOf(ops));
    }

    static void Check(JsonObject file, string name)
    {
        string[] known = ["schemaVersion", "sha256", "ops"];
        foreach (var (key, _) in file)
            if (!known.Contains(key, StringComparer.OrdinalIgnoreCase)) throw Fault.UnknownSetting("A pipeline", key, known);
        if (Member(file, "schemaVersion") is not { } version) return;
        if (version is not JsonValue value || !value.TryGetValue<int>(out var number) || number < 1) throw Fault.NotDescribed(name, "a pipeline", $"schemaVersion is {version.ToJsonString()}, not a whole number from 1.");
        if (number > Version) throw Fault.NewerSchema(name, number, Version);
    }

    // Of the text in the file, not of the ops read from it: a setting that a later version adds must not change the hash.
    static string HashOf(JsonNode? ops) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Sorted(ops)?.ToJsonString() ?? ""))).ToLowerInvariant();

    static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject entries => new JsonObject(entries.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => KeyValuePair.Create(entry.Key, Sorted(entry.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Sorted)]),
        _ => node?.DeepClone(),
    };

    static JsonNode? Member(JsonObject? entries, string name) => entries?.FirstOrDefault(entry => entry.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
}

using System.Text.Json;

namespace PSFineTune.Models;

/// <summary>What the JSON files say that are published beside weights: what shapes do not tell.</summary>
sealed class TransformerConfig
{
    readonly string _path;
    readonly JsonElement _root;

    TransformerConfig(string path, JsonElement root) => (_path, _root) = (path, root);

    /// <summary>Whether its vocabulary is one of lower-case letters; null where it does not say.</summary>
    public bool? Lowercase => _root.TryGetProperty("do_lower_case", out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : null;

    /// <summary>The file of that name in the folder of another; null where there is none.</summary>
    /// <exception cref="FineTuneException">CannotRead, BadModelConfig.</exception>
    public static TransformerConfig? Beside(string weights, string name)
    {
        var path = Path.Combine(Path.GetDirectoryName(weights) ?? "", name);
        if (!File.Exists(path)) return null;
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllText(path));
            return json.RootElement.ValueKind == JsonValueKind.Object ? new(path, json.RootElement.Clone()) : throw Fault.BadModelConfig(path, "it is no JSON object");
        }
        catch (JsonException wrong)
        {
            throw Fault.BadModelConfig(path, wrong.Message);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw Fault.CannotRead(path, wrong);
        }
    }

    /// <summary>The network with its heads, its norms' epsilon and its dropout.</summary>
    /// <param name="spec">With the sizes of the weights.</param>
    /// <param name="type">What the publishers' libraries call its architecture, such as bert.</param>
    /// <exception cref="FineTuneException">BadModelConfig: it has another form than this one.</exception>
    public TransformerNetwork For(TransformerNetwork spec, string type)
    {
        if (Text("model_type") is { } other && other != type) throw Fault.BadModelConfig(_path, $"it is of a '{other}', and the weights were asked for as a '{type}'");
        var activation = Text("hidden_act") ?? Text("activation") ?? "gelu";
        if (activation != "gelu") throw Fault.BadModelConfig(_path, $"its activation is '{activation}', and 'gelu' alone is known");
        if ((Text("position_embedding_type") ?? "absolute") is var places and not "absolute") throw Fault.BadModelConfig(_path, $"its positions are '{places}', and 'absolute' alone are known");
        var heads = Number("num_attention_heads") ?? Number("n_heads") ?? spec.Heads;
        if (heads < 1 || heads != Math.Floor(heads) || spec.HiddenSize % heads != 0) throw Fault.BadModelConfig(_path, FormattableString.Invariant($"{heads} attention heads do not divide a size of {spec.HiddenSize}"));
        return spec with
        {
            Heads = (int)heads,
            NormEpsilon = Number("layer_norm_eps") ?? spec.NormEpsilon,
            Dropout = Number("hidden_dropout_prob") ?? Number("dropout") ?? spec.Dropout,
        };
    }

    string? Text(string name) => _root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    double? Number(string name) => _root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;
}

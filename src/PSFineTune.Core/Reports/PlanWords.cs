using System.Text.Json.Nodes;
using PSFineTune.Augment;
using PSFineTune.Training;

namespace PSFineTune.Reports;

/// <summary>A plan in words.</summary>
static class PlanWords
{
    /// <summary>Its settings that count, each a name and a value.</summary>
    public static IEnumerable<(string Name, string Value)> Of(TrainingPlan plan)
    {
        yield return ("Model", Named(plan.Model));
        var isFitted = plan.Model is Models.TermModelSpec;
        if (!isFitted) yield return ("Starts from", plan.Weights switch { null => "random weights", TrainingPlan.EmbeddedWeights => "the weights that the module carries", var file => file });
        if (plan.Recipe.Length > 0) yield return ("Recipe", plan.Recipe);
        if (plan.Preprocessing is { } seen) yield return ("Input", $"{seen.InputSize} x {seen.InputSize} pixels");
        if (plan.TextPipeline is { } pipeline) yield return ("Texts", SettingText.All(pipeline));
        if (isFitted) yield break;
        yield return ("Epochs", $"{plan.Epochs}{(plan.Patience > 0 ? $" at most; fewer after {plan.Patience} without improvement" : "")}");
        yield return ("Batch size", $"{plan.BatchSize}{(plan.Accumulation > 1 ? $" in {plan.Accumulation} parts" : "")}");
        yield return ("Optimizer", Named(plan.Optimizer));
        yield return ("Schedule", Named(plan.Schedule));
        yield return ("Loss", Named(plan.Loss));
        // What most plans leave as it is.
        var usual = new TrainingPlan();
        foreach (var name in new[] { nameof(plan.Lora), nameof(plan.CachedViews), nameof(plan.ProbePenalty), nameof(plan.FrozenBatchNorm), nameof(plan.StartImageSize), nameof(plan.Sampler), nameof(plan.ClassWeight), nameof(plan.Average), nameof(plan.Keep), nameof(plan.ClipNorm), nameof(plan.Precision) })
        {
            var property = typeof(TrainingPlan).GetProperty(name)!;
            if (!Equals(property.GetValue(plan), property.GetValue(usual))) yield return (Spaced(name), Named(property.GetValue(plan)));
        }
    }

    /// <summary>An op with what it is set to.</summary>
    public static string Of(AugmentOp op) => Named(op);

    /// <summary>The settings that differ between two plans: a name, the one's value and the other's.</summary>
    public static IReadOnlyList<(string Name, string First, string Second)> Differences(TrainingPlan first, TrainingPlan second)
    {
        var (one, other) = (Flat(first), Flat(second));
        return [.. one.Keys.Union(other.Keys).Select(name => (name, one.GetValueOrDefault(name, ""), other.GetValueOrDefault(name, ""))).Where(row => row.Item2 != row.Item3)];
    }

    static Dictionary<string, string> Flat(TrainingPlan plan)
    {
        var flat = new Dictionary<string, string>(StringComparer.Ordinal);
        Add("", JsonNode.Parse(PlanJson.Write(plan.WithoutFolders())));
        return flat;

        void Add(string name, JsonNode? node)
        {
            if (node is JsonObject many) foreach (var (key, value) in many) Add(key == "is" ? name : name.Length == 0 ? key : $"{name}.{key}", value);
            else if (node is JsonArray { Count: > 0 } list && list[0] is JsonObject) for (var index = 0; index < list.Count; index++) Add($"{name}[{index + 1}]", list[index]);
            else if (node is not null) flat[name] = node is JsonValue text && text.TryGetValue<string>(out var plain) ? plain : node.ToJsonString();
        }
    }

    static string Named(object? setting) => setting switch
    {
        null => "none",
        bool yes => yes ? "yes" : "no",
        string or IFormattable => SettingText.Value(setting, "0.######"),
        _ when SettingText.All(setting) is { Length: > 0 } all => $"{setting.GetType().Name} ({all})",
        _ => setting.GetType().Name,
    };

    // CachedViews: Cached views.
    static string Spaced(string name) => string.Concat(name.Select((letter, index) => index > 0 && char.IsUpper(letter) ? $" {char.ToLowerInvariant(letter)}" : $"{letter}"));
}

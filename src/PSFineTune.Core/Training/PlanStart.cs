using PSFineTune.Data;
using PSFineTune.Models;
using PSFineTune.Pretrained;
using PSFineTune.Recipes;

namespace PSFineTune.Training;

/// <summary>Where a plan comes from, and the questions a cmdlet asks of it.</summary>
static class PlanStart
{
    const string Random = "Random", Published = "Published";

    /// <summary>Words that -Weights takes instead of a path.</summary>
    public static bool IsWord(string weights) => new[] { Random, TrainingPlan.EmbeddedWeights }.Contains(weights, StringComparer.OrdinalIgnoreCase) || IsPublished(weights);

    /// <summary>The recipe's plan for a model and data.</summary>
    /// <param name="model">The architecture; weights may fit another width of it, which is then taken.</param>
    /// <param name="data">Its reference goes into the plan, never its samples.</param>
    /// <param name="weights">Full path, Embedded, Random, Published, the name of published ones, or null for the embedded ones where there are any.</param>
    /// <param name="recipe">Fills in the settings; null for the model's own.</param>
    /// <exception cref="FineTuneException">The weights cannot be read or do not fit.</exception>
    public static TrainingPlan For(ModelSpec model, Dataset data, string? weights, Recipe? recipe)
    {
        PlanCheck.Kind(model, data);
        var plan = new TrainingPlan { Model = model, Dataset = data.Reference, TextPipeline = model.DefaultTextPipeline?.For(data, isDefault: true), BatchSize = Math.Clamp(data.RowsOf(Split.Train).Length, 1, new TrainingPlan().BatchSize) };
        if (model is NetworkSpec network) plan = Started(plan, network, weights);
        // What takes no steps has no recipe: the model's own settings tell how it is fitted.
        if (model is TermModelSpec) return weights is null ? plan with { Recipe = "", Epochs = 1 } : throw Fault.BadPlanSetting("Weights", weights, $"left out: {model.Name} learns all it is from the texts");
        plan = (recipe ?? model.DefaultRecipe).Apply(plan, data.RowsOf(Split.Train).Length);
        // A recipe for images is one for texts but for what only images have.
        return model is NetworkSpec { DefaultPreprocessing: null } ? plan with { Augment = new(), FrozenBatchNorm = false } : plan;
    }

    /// <summary>Why weights that a task names are not there; null where they are.</summary>
    public static FineTuneException? Missing(ModelSpec? model, string weights)
    {
        if (!IsPublished(weights)) return IsWord(weights) || Path.Exists(weights) ? null : Fault.WeightsNotFound(weights);
        try
        {
            new WeightsCache().Saved(model?.Name ?? "", weights);
            return null;
        }
        catch (FineTuneException fault)
        {
            return fault;
        }
    }

    public static IEnumerable<string> Warnings(TrainingPlan plan)
    {
        if (plan.Model is TermModelSpec && TakesSteps(plan))
            yield return $"{plan.Model.Name} is fitted at once: epochs, optimizer, learning rate and the like do not count. Its own settings are given as @{{ {plan.Model.Name} = @{{ C = 1 }} }}.";
        if (plan.Model is WordNetwork && plan.Weights is null)
            yield return $"{plan.Model.Name} starts from random vectors of its words. Give -Weights a file of word vectors, such as GloVe's: they know what words mean that your texts hold seldom.";
        else if (plan.Model is NetworkSpec && plan.Weights is null)
            yield return $"{plan.Model.Name} starts from random weights, which needs far more data and epochs. Give -Weights a safetensors or PyTorch file to fine-tune.";
        if (plan.Model is { HoldsCode: true })
            yield return $"'{plan.Weights}' is a TorchScript program, SHA-256 {plan.WeightsSha256}: code that runs with the rights of this account, here and wherever the model is used.";
        if (plan.PreprocessingAssumed)
            yield return $"'{plan.Weights}' does not say how its network wants pixels; {plan.Model?.Name}'s usual preprocessing is assumed. Wrong preprocessing costs accuracy silently.";
    }

    // Whether anything is set that only the steps of a network have.
    static bool TakesSteps(TrainingPlan plan)
    {
        var idle = new TrainingPlan();
        return plan.Epochs != 1 || plan.Layers.Count > 0 || plan.Average is not null || plan.Lora is not null || plan.ProbePenalty is not null || plan.ClipNorm is not null
            || (plan.Patience, plan.Accumulation, plan.CachedViews) != (idle.Patience, idle.Accumulation, idle.CachedViews)
            || plan.Optimizer != idle.Optimizer || plan.Schedule != idle.Schedule || plan.Loss != idle.Loss || plan.Sampler != idle.Sampler;
    }

    public static TrainingPlan Checked(this TrainingPlan plan)
    {
        PlanCheck.Settings(plan);
        plan.Lora?.For(plan.Model).Of(plan.Tensors());
        NormCheck.Refuse(plan);
        return plan;
    }

    public static TrainingPlan WithLayers(this TrainingPlan plan, IEnumerable<LayerRule> rules)
    {
        var added = rules.ToList();
        LayerPaces.Check(added.Select(rule => rule.Pattern), plan.Tensors());
        return (plan with { Layers = [.. plan.Layers, .. added] }).Checked();
    }

    public static IEnumerable<ModelLayer> LayerRows(this TrainingPlan plan, IReadOnlyList<string> patterns)
    {
        LayerPaces.Check(patterns, plan.Tensors());
        return LayerPaces.Rows(plan, plan.Tensors().Where(tensor => patterns.Any(pattern => LayerPaces.Matches(pattern, tensor))));
    }

    static IReadOnlyList<TensorSpec> Tensors(this TrainingPlan plan) => plan.Model?.Tensors(Math.Max(1, plan.Dataset?.Classes.Count ?? 1)) ?? [];

    static TrainingPlan Started(TrainingPlan plan, NetworkSpec network, string? weights)
    {
        plan = SourceNetwork.Describe(plan, network, Resolve(network, weights));
        if (weights is not null && IsPublished(weights) && plan is { Weights: { } path, WeightsSha256: { } hash }) new WeightsCache().Hold(network.Name, weights, path, hash);
        return plan;
    }

    static string? Resolve(NetworkSpec network, string? weights) => weights switch
    {
        null => SourceNetwork.HasEmbedded(network) ? TrainingPlan.EmbeddedWeights : null,
        _ when weights.Equals(Random, StringComparison.OrdinalIgnoreCase) => null,
        _ when weights.Equals(TrainingPlan.EmbeddedWeights, StringComparison.OrdinalIgnoreCase) => TrainingPlan.EmbeddedWeights,
        _ when IsPublished(weights) => new WeightsCache().Saved(network.Name, weights),
        _ => weights,
    };

    static bool IsPublished(string weights) => weights.Equals(Published, StringComparison.OrdinalIgnoreCase) || PretrainedCatalog.Named(weights) is not null;
}

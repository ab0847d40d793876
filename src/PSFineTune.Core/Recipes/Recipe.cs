using PSFineTune.Training;

namespace PSFineTune.Recipes;

/// <summary>A named way to fine-tune: it fills in a plan's settings, and what the user sets explicitly overrides it.</summary>
public abstract record Recipe
{
    /// <summary>The plan with the recipe's settings.</summary>
    /// <param name="plan">Has its model, weights and data.</param>
    /// <param name="samples">To train on.</param>
    internal abstract TrainingPlan Apply(TrainingPlan plan, int samples);

    /// <summary>What the recipe that a plan names sets by itself, were the run a long one; the plan as it is where it names none.</summary>
    internal static TrainingPlan Alone(TrainingPlan plan) =>
        Catalog<Recipe>.Names.Contains(plan.Recipe, StringComparer.OrdinalIgnoreCase) ? Catalog<Recipe>.Create(plan.Recipe).Apply(plan with { BatchSize = 1 }, Long) : plan;

    const int Long = 1_000_000;

    /// <summary>The model's layer groups, input to output, and whether the last is one linear layer.</summary>
    private protected static (IReadOnlyList<string> Groups, bool HeadIsLinear) Groups(TrainingPlan plan)
    {
        var tensors = plan.Model?.Tensors(Math.Max(1, plan.Dataset?.Classes.Count ?? 1)) ?? [];
        List<string> groups = [.. tensors.Select(tensor => tensor.Group).Distinct()];
        return (groups, tensors.Where(tensor => tensor.Group == groups[^1]).ToList() is [{ Shape.Length: 2 }, { Shape.Length: 1 }]);
    }
}

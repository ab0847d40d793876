using PSFineTune.Training;

namespace PSFineTune.Recipes;

/// <summary>A named way to fine-tune: it fills in a plan's settings, and what the user sets explicitly overrides it.</summary>
public abstract record Recipe
{
    internal abstract TrainingPlan Apply(TrainingPlan plan);
}

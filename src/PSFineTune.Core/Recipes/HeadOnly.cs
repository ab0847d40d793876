using PSFineTune.Augment;
using PSFineTune.Optimizers;
using PSFineTune.Schedules;
using PSFineTune.Training;

namespace PSFineTune.Recipes;

/// <summary>Only the new output layer learns, by Adam at 1e-4; the rest is frozen, its batch norm in evaluation mode, and computed once for two views of each sample.</summary>
public sealed record HeadOnly : Recipe
{
    internal override TrainingPlan Apply(TrainingPlan plan, int samples) => plan with
    {
        Recipe = nameof(HeadOnly),
        Augment = AugmentPreset.Create("Tutorial"),
        Optimizer = new Adam { LearningRate = 1e-4, WeightDecay = 0 },
        Schedule = new Constant(),
        CachedViews = 2,
        Layers = [new() { Pattern = "*", Frozen = true }, new() { Pattern = "head", Factor = 1 }],
    };
}

using PSFineTune.Augment;
using PSFineTune.Optimizers;
using PSFineTune.Schedules;
using PSFineTune.Training;

namespace PSFineTune.Recipes;

/// <summary>
/// Minutes instead of hours on a CPU: the lower layers are frozen and computed once for two views of each image, the new output
/// layer begins as the converged linear probe on their features, and the upper layers are tuned for a few short epochs.
/// </summary>
public sealed record Fast : Recipe
{
    internal override TrainingPlan Apply(TrainingPlan plan, int samples)
    {
        var (groups, head) = Groups(plan);
        // The head, and a quarter of the groups before it: half and more of the weights for a tenth to a third of the work.
        var upper = groups.TakeLast(1 + (int)Math.Round((groups.Count - 1) / 4.0));
        return plan with
        {
            Recipe = nameof(Fast),
            Augment = new() { Ops = [new RandomResizedCrop { Scale = new(0.5, 1) }, new RandomHorizontalFlip()] },
            Optimizer = new AdamW { LearningRate = 3e-4, WeightDecay = 0.01 },
            Schedule = new OneCycle(),
            Layers = [new() { Pattern = "*", Frozen = true }, .. upper.Select(group => new LayerRule { Pattern = group, Factor = 1 })],
            FrozenBatchNorm = true,
            CachedViews = 2,
            ProbePenalty = head ? 0.1 : null,
            Epochs = 4,
            Keep = ModelChoice.Best,
        };
    }
}

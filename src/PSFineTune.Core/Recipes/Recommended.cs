using PSFineTune.Augment;
using PSFineTune.Losses;
using PSFineTune.Models;
using PSFineTune.Optimizers;
using PSFineTune.Schedules;
using PSFineTune.Training;
using PSFineTune.Training.Averages;

namespace PSFineTune.Recipes;

/// <summary>
/// The output layer first, as the converged linear probe (a first epoch of its own where it is not one linear layer), then all
/// layers, each group below the output layer at half the rate of the one above it (three quarters in a vision transformer, which has many), by AdamW and one cycle; an average of the
/// weights where the run is long enough for one, early stopping, and the best epoch is kept.
/// </summary>
public sealed record Recommended : Recipe
{
    /// <summary>Steps from which an average of weights is steadier than the last ones.</summary>
    const int LongEnough = 400;

    internal override TrainingPlan Apply(TrainingPlan plan, int samples)
    {
        var (groups, head) = Groups(plan);
        const int epochs = 6;
        var (rate, decay) = (plan.Model as NetworkSpec)?.Tuning ?? (1e-3, 0.5);
        return plan with
        {
            Recipe = nameof(Recommended),
            Augment = AugmentPreset.Create("Default"),
            Optimizer = new AdamW { LearningRate = rate, WeightDecay = 0.01 },
            Schedule = new OneCycle(),
            Loss = new CrossEntropy { LabelSmoothing = 0.1 },
            Layers =
            [
                .. groups.SkipLast(1).Reverse().Select((group, below) => new LayerRule { Pattern = group, Factor = Math.Pow(decay, below + 1) }),
                .. head ? Array.Empty<LayerRule>() : groups.SkipLast(1).Select(group => new LayerRule { Pattern = group, Frozen = true, ToEpoch = 1 }),
            ],
            FrozenBatchNorm = plan.Weights is not null,
            ProbePenalty = head && plan.Weights is not null ? 0.1 : null,
            Average = samples / plan.BatchSize * epochs >= LongEnough ? new Ema { Decay = 0.99 } : null,
            Epochs = epochs,
            Patience = 3,
            Keep = ModelChoice.Best,
        };
    }
}

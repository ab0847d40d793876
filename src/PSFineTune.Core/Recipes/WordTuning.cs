using PSFineTune.Optimizers;
using PSFineTune.Schedules;
using PSFineTune.Training;
using PSFineTune.Training.Averages;

namespace PSFineTune.Recipes;

/// <summary>
/// A small network on vectors of words: all layers by AdamW at 2e-3 and one cycle for ten epochs, an average of the weights where
/// the run is long enough for one, and the best epoch kept.
/// </summary>
public sealed record WordTuning : Recipe
{
    /// <summary>Steps from which an average of weights is steadier than the last ones.</summary>
    const int LongEnough = 400;

    internal override TrainingPlan Apply(TrainingPlan plan, int samples)
    {
        const int epochs = 10;
        return plan with
        {
            Recipe = nameof(WordTuning),
            Optimizer = new AdamW { LearningRate = 2e-3, WeightDecay = 0.01, DecayNormAndBias = false },
            Schedule = new OneCycle(),
            ClipNorm = 5,
            Average = samples / plan.BatchSize * epochs >= LongEnough ? new Ema { Decay = 0.99 } : null,
            Epochs = epochs,
            Keep = ModelChoice.Best,
        };
    }
}

using PSFineTune.Optimizers;
using PSFineTune.Schedules;
using PSFineTune.Training;

namespace PSFineTune.Recipes;

/// <summary>A small network on vectors of words: all layers by AdamW at 1e-3 and one cycle for ten epochs, the best of which is kept.</summary>
public sealed record WordTuning : Recipe
{
    internal override TrainingPlan Apply(TrainingPlan plan, int samples) => plan with
    {
        Recipe = nameof(WordTuning),
        Optimizer = new AdamW { LearningRate = 1e-3, WeightDecay = 0.01, DecayNormAndBias = false },
        Schedule = new OneCycle(),
        ClipNorm = 5,
        Epochs = 10,
        Keep = ModelChoice.Best,
    };
}

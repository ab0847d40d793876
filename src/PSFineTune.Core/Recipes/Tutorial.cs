using PSFineTune.Augment;
using PSFineTune.Optimizers;
using PSFineTune.Schedules;
using PSFineTune.Training;

namespace PSFineTune.Recipes;

/// <summary>
/// Dive into Deep Learning 14.2: every layer learns by SGD at 0.01 on the mean cross-entropy with weight decay 0.001 and
/// no momentum, the new output layer ten times as fast.
/// </summary>
public sealed record Tutorial : Recipe
{
    internal override TrainingPlan Apply(TrainingPlan plan, int samples) => plan with
    {
        Recipe = nameof(Tutorial),
        Augment = AugmentPreset.Create("Tutorial"),
        Optimizer = new Sgd { LearningRate = 0.01, WeightDecay = 0.001, Momentum = 0 },
        Schedule = new Constant(),
        Layers = [new() { Pattern = "head", Factor = 10 }],
    };
}

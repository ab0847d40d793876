using PSFineTune.Optimizers;
using PSFineTune.Schedules;
using PSFineTune.Training;

namespace PSFineTune.Recipes;

/// <summary>
/// A pretrained encoder of texts as its authors tuned it (https://arxiv.org/abs/1810.04805, appendix A.3): all layers by AdamW
/// at 5e-5 for three epochs, the rate up along a line over a tenth of the steps and down again, weights but no biases
/// and norms decayed, and the best epoch kept.
/// </summary>
public sealed record TransformerTuning : Recipe
{
    internal override TrainingPlan Apply(TrainingPlan plan, int samples) => plan with
    {
        Recipe = nameof(TransformerTuning),
        Optimizer = new AdamW { LearningRate = 5e-5, WeightDecay = 0.01, DecayNormAndBias = false },
        Schedule = new OneCycle { PctStart = 0.1, AnnealStrategy = AnnealStrategy.Linear },
        ClipNorm = 1,
        Epochs = 3,
        Keep = ModelChoice.Best,
    };
}

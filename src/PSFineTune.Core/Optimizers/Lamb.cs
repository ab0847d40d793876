using static TorchSharp.torch;

namespace PSFineTune.Optimizers;

/// <summary>
/// Large Batch Optimization for Deep Learning: Training BERT in 76 minutes, https://arxiv.org/abs/1904.00962, algorithm 2:
/// AdamW's direction, in every tensor as long as the tensor itself.
/// </summary>
/// <remarks>Where <see cref="OptimizerSpec.DecayNormAndBias"/> is false, norms and biases move as AdamW moves them, as in the authors' program.</remarks>
public sealed record Lamb : AdamFamily
{
    public Lamb() => (LearningRate, WeightDecay, Epsilon) = (1e-3, 1e-2, 1e-6);

    internal override void Update(ParameterState state, Tensor gradient, double learningRate)
    {
        var (above, below, factor) = Follow(state, gradient);
        var direction = gradient.zero_().AddQuotient(above, below, factor);
        if (Covers(state))
        {
            if (WeightDecay != 0) direction.Add(state.Parameter, WeightDecay);
            // A tensor of zeros would never leave them, hence the authors' 1.
            var (weights, length) = (state.Parameter.Norm(), direction.Norm());
            if (weights > 0 && length > 0) learningRate *= weights / length;
        }
        state.Parameter.Add(direction, -learningRate);
    }
}

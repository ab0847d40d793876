using static TorchSharp.torch;

namespace PSFineTune.Optimizers;

/// <summary>Decoupled Weight Decay Regularization, https://arxiv.org/abs/1711.05101; torch.optim.AdamW.</summary>
public sealed record AdamW : AdamFamily
{
    public AdamW() => (LearningRate, WeightDecay) = (1e-3, 1e-2);

    internal override void Update(ParameterState state, Tensor gradient, double learningRate)
    {
        if (WeightDecay != 0 && Covers(state)) state.Parameter.Multiply(1 - learningRate * WeightDecay);
        var (above, below, factor) = Follow(state, gradient);
        state.Parameter.AddQuotient(above, below, -learningRate * factor);
    }
}

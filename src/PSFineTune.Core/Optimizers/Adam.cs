using static TorchSharp.torch;

namespace PSFineTune.Optimizers;

/// <summary>Adam: A Method for Stochastic Optimization, https://arxiv.org/abs/1412.6980; torch.optim.Adam.</summary>
public sealed record Adam : AdamFamily
{
    public Adam() => LearningRate = 1e-4;

    internal override void Update(ParameterState state, Tensor gradient, double learningRate)
    {
        AddDecay(state, gradient);
        var (above, below, factor) = Follow(state, gradient);
        state.Parameter.AddQuotient(above, below, -learningRate * factor);
    }
}

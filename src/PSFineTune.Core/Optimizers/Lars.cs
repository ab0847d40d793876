using PSFineTune.Training;
using static TorchSharp.torch;

namespace PSFineTune.Optimizers;

/// <summary>
/// Large Batch Training of Convolutional Networks, https://arxiv.org/abs/1708.03888, algorithm 1: SGD with momentum, at a
/// rate in every tensor that follows how long its weights are beside its gradient.
/// </summary>
/// <remarks>Where <see cref="OptimizerSpec.DecayNormAndBias"/> is false, norms and biases move as by SGD.</remarks>
public sealed record Lars : OptimizerSpec
{
    const string Buffer = "momentum_buffer";

    public Lars() => (LearningRate, WeightDecay) = (1, 5e-4);

    /// <summary>0 to below 1.</summary>
    public double Momentum { get; init; } = 0.9;

    /// <summary>The share of a tensor's length that a step may take, above 0; eta in the paper.</summary>
    public double TrustCoefficient { get; init; } = 0.001;

    internal override IReadOnlyList<string> Slots => [Buffer];

    internal override void Validate()
    {
        base.Validate();
        PlanCheck.Require(Momentum is >= 0 and < 1, nameof(Momentum), Momentum, "0 to below 1");
        PlanCheck.Require(TrustCoefficient is > 0 and < double.PositiveInfinity, nameof(TrustCoefficient), TrustCoefficient, "a number above 0");
    }

    internal override OptimizerSpec WithMomentum(double momentum) => this with { Momentum = momentum };

    internal override void Update(ParameterState state, Tensor gradient, double learningRate)
    {
        if (Covers(state))
        {
            // A tensor of zeros would never leave them: it moves as by SGD.
            var (weights, slope) = (state.Parameter.Norm(), gradient.Norm());
            if (weights > 0 && slope > 0) learningRate *= TrustCoefficient * weights / (slope + WeightDecay * weights);
        }
        AddDecay(state, gradient);
        // The paper's momentum is of moves and not of gradients: a rate that falls does not shorten those under way.
        var buffer = state[Buffer].Multiply(Momentum).Add(gradient, learningRate);
        state.Parameter.Add(buffer, -1);
    }
}

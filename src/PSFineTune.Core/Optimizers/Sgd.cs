using PSFineTune.Training;
using static TorchSharp.torch;

namespace PSFineTune.Optimizers;

/// <summary>Stochastic gradient descent, torch.optim.SGD.</summary>
public sealed record Sgd : OptimizerSpec
{
    const string Buffer = "momentum_buffer";

    public Sgd() => (LearningRate, WeightDecay) = (0.01, 0.001);

    /// <summary>0 to below 1.</summary>
    public double Momentum { get; init; }

    /// <summary>Share of each new gradient that the momentum leaves out, 0 to 1.</summary>
    public double Dampening { get; init; }

    /// <summary>Looks ahead by the momentum; needs a <see cref="Momentum"/> and no <see cref="Dampening"/>.</summary>
    public bool Nesterov { get; init; }

    internal override IReadOnlyList<string> Slots => Momentum > 0 ? [Buffer] : [];

    internal override void Validate()
    {
        base.Validate();
        PlanCheck.Require(Momentum is >= 0 and < 1, nameof(Momentum), Momentum, "0 to below 1");
        PlanCheck.Require(Dampening is >= 0 and <= 1, nameof(Dampening), Dampening, "0 to 1");
        PlanCheck.Require(!Nesterov || (Momentum > 0 && Dampening == 0), nameof(Nesterov), Nesterov, "false without a Momentum above 0, or with a Dampening");
    }

    internal override OptimizerSpec WithMomentum(double momentum) => this with { Momentum = momentum };

    internal override void Update(ParameterState state, Tensor gradient, double learningRate)
    {
        AddDecay(state, gradient);
        var move = gradient;
        if (Momentum > 0)
        {
            var buffer = state[Buffer];
            // PyTorch begins with the first gradient itself, which Dampening leaves whole.
            if (state.Step == 1) buffer.copy_(gradient);
            else buffer.Multiply(Momentum).Add(gradient, 1 - Dampening);
            move = Nesterov ? gradient.Add(buffer, Momentum) : buffer;
        }
        state.Parameter.Add(move, -learningRate);
    }
}

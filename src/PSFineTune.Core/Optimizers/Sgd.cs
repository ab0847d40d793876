using PSFineTune.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace PSFineTune.Optimizers;

/// <summary>Stochastic gradient descent, torch.optim.SGD.</summary>
public sealed record Sgd : OptimizerSpec
{
    public Sgd() => (LearningRate, WeightDecay) = (0.01, 0.001);

    /// <summary>0 to below 1.</summary>
    public double Momentum { get; init; }

    internal override void Validate()
    {
        base.Validate();
        PlanCheck.Require(Momentum is >= 0 and < 1, nameof(Momentum), Momentum, "0 to below 1");
    }

    internal override OptimizerSpec WithMomentum(double momentum) => this with { Momentum = momentum };

    internal override optim.Optimizer Build(IReadOnlyList<ParameterGroup> groups) => optim.SGD(
        groups.Select(group => new SGD.ParamGroup(group.Parameters, group.LearningRate, Momentum, dampening: 0, weight_decay: WeightDecay, nesterov: false)),
        LearningRate, Momentum, dampening: 0, weight_decay: WeightDecay, nesterov: false);
}

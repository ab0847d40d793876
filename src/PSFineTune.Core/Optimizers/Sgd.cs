using TorchSharp.Modules;
using static TorchSharp.torch;

namespace PSFineTune.Optimizers;

/// <summary>Stochastic gradient descent, torch.optim.SGD.</summary>
public sealed record Sgd : OptimizerSpec
{
    public Sgd() => (LearningRate, WeightDecay) = (0.01, 0.001);

    public double Momentum { get; init; }

    internal override optim.Optimizer Build(IReadOnlyList<ParameterGroup> groups) => optim.SGD(
        groups.Select(group => new SGD.ParamGroup(group.Parameters, group.LearningRate, Momentum, dampening: 0, weight_decay: WeightDecay, nesterov: false)),
        LearningRate, Momentum, dampening: 0, weight_decay: WeightDecay, nesterov: false);
}

using static TorchSharp.torch;
using Machine = TorchSharp.Modules.Adam;

namespace PSFineTune.Optimizers;

/// <summary>Adam: A Method for Stochastic Optimization, https://arxiv.org/abs/1412.6980; torch.optim.Adam.</summary>
public sealed record Adam : OptimizerSpec
{
    public Adam() => LearningRate = 1e-4;

    public double Beta1 { get; init; } = 0.9;

    public double Beta2 { get; init; } = 0.999;

    public double Epsilon { get; init; } = 1e-8;

    internal override optim.Optimizer Build(IReadOnlyList<ParameterGroup> groups) => optim.Adam(
        groups.Select(group => new Machine.ParamGroup(group.Parameters, group.LearningRate, Beta1, Beta2, Epsilon, WeightDecay, amsgrad: false, maximize: false)),
        LearningRate, Beta1, Beta2, Epsilon, WeightDecay, amsgrad: false, maximize: false);
}

using PSFineTune.Training;
using static TorchSharp.torch;
using Machine = TorchSharp.Modules.Adam;

namespace PSFineTune.Optimizers;

/// <summary>Adam: A Method for Stochastic Optimization, https://arxiv.org/abs/1412.6980; torch.optim.Adam.</summary>
public sealed record Adam : OptimizerSpec
{
    public Adam() => LearningRate = 1e-4;

    /// <summary>Decay of the mean of gradients, 0 to below 1.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Decay of the mean of squared gradients, 0 to below 1.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Added to the root of the mean of squares, above 0.</summary>
    public double Epsilon { get; init; } = 1e-8;

    internal override void Validate()
    {
        base.Validate();
        PlanCheck.Require(Beta1 is >= 0 and < 1, nameof(Beta1), Beta1, "0 to below 1");
        PlanCheck.Require(Beta2 is >= 0 and < 1, nameof(Beta2), Beta2, "0 to below 1");
        PlanCheck.Require(Epsilon is > 0 and < double.PositiveInfinity, nameof(Epsilon), Epsilon, "a number above 0");
    }

    internal override optim.Optimizer Build(IReadOnlyList<ParameterGroup> groups) => optim.Adam(
        groups.Select(group => new Machine.ParamGroup(group.Parameters, group.LearningRate, Beta1, Beta2, Epsilon, WeightDecay, amsgrad: false, maximize: false)),
        LearningRate, Beta1, Beta2, Epsilon, WeightDecay, amsgrad: false, maximize: false);
}

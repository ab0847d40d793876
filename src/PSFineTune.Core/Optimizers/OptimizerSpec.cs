using PSFineTune.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace PSFineTune.Optimizers;

/// <summary>How gradients become new weights. Names and formulas are PyTorch's.</summary>
public abstract record OptimizerSpec
{
    public double LearningRate { get; init; }

    /// <summary>PyTorch's weight_decay, 0 or above.</summary>
    public double WeightDecay { get; init; }

    /// <summary>Refuses settings that are out of range.</summary>
    /// <exception cref="FineTuneException">BadPlanSetting.</exception>
    internal virtual void Validate()
    {
        PlanCheck.Require(LearningRate is > 0 and < double.PositiveInfinity, nameof(LearningRate), LearningRate, "a number above 0");
        PlanCheck.Require(WeightDecay is >= 0 and < double.PositiveInfinity, nameof(WeightDecay), WeightDecay, "a number of 0 or above");
    }

    /// <summary>The same with another momentum.</summary>
    /// <exception cref="FineTuneException">BadPlanSetting: this optimizer has none.</exception>
    internal virtual OptimizerSpec WithMomentum(double momentum) => throw Fault.BadPlanSetting("Momentum", momentum, $"left out: {GetType().Name} has no such setting");

    /// <summary>The machine, with every option of every group set explicitly: TorchSharp's groups silently use other defaults.</summary>
    internal abstract optim.Optimizer Build(IReadOnlyList<ParameterGroup> groups);
}

/// <summary>Parameters that learn at one rate.</summary>
sealed record ParameterGroup(IReadOnlyList<Parameter> Parameters, double LearningRate);

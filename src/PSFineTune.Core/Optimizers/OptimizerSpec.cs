using PSFineTune.Training;
using static TorchSharp.torch;

namespace PSFineTune.Optimizers;

/// <summary>How gradients become new weights. Names and formulas are PyTorch's.</summary>
/// <remarks>The updates are ours and not TorchSharp's: a run that goes on exactly needs their whole state, which those hide.</remarks>
public abstract record OptimizerSpec
{
    public double LearningRate { get; init; }

    /// <summary>PyTorch's weight_decay, 0 or above.</summary>
    public double WeightDecay { get; init; }

    /// <summary>False spares biases and the parameters of norm layers the weight decay: all tensors of at most one dimension.</summary>
    public bool DecayNormAndBias { get; init; } = true;

    /// <summary>Names of the tensors kept for each parameter between steps, PyTorch's.</summary>
    internal abstract IReadOnlyList<string> Slots { get; }

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

    /// <summary>Moves a parameter by one step, inside a dispose scope and without recording gradients.</summary>
    /// <param name="state">The parameter, its slots, and the number of this step of it.</param>
    /// <param name="gradient">Used up: its values are others afterwards.</param>
    /// <param name="learningRate">Of this parameter at this step.</param>
    internal abstract void Update(ParameterState state, Tensor gradient, double learningRate);

    /// <summary>Whether weight decay, and what a layer-wise rate adapts, covers a parameter.</summary>
    private protected bool Covers(ParameterState state) => DecayNormAndBias || state.Parameter.Dimensions > 1;

    /// <summary>PyTorch's L2 form: the gradient of half the squared weights, times the weight decay, joins the gradient.</summary>
    private protected void AddDecay(ParameterState state, Tensor gradient)
    {
        if (WeightDecay != 0 && Covers(state)) gradient.Add(state.Parameter, WeightDecay);
    }
}

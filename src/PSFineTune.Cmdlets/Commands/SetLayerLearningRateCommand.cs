using System.Management.Automation;
using PSFineTune.Training;

namespace PSFineTune.Cmdlets;

/// <summary>Sets how fast layers learn: a factor on the plan's learning rate, or a rate of their own.</summary>
/// <remarks>Returns a new plan; the one piped in is left as it was. The last rule that matches a parameter wins, so a rate set after Lock-ModelLayer thaws the layer.</remarks>
/// <example>
/// <code>$plan = $plan | Set-LayerLearningRate head -Factor 10</code>
/// The new output layer learns ten times as fast as the rest.
/// </example>
/// <example>
/// <code>$plan = $plan | Set-LayerLearningRate 'stage[1-3]' -LearningRate 0.0005</code>
/// The first stages learn at a rate of their own.
/// </example>
/// <example>
/// <code>$plan = $plan | Set-LayerLearningRate *.bias -Factor 2</code>
/// Biases, by parameter name.
/// </example>
[Cmdlet(VerbsCommon.Set, "LayerLearningRate", DefaultParameterSetName = "Factor"), OutputType(typeof(TrainingPlan))]
public sealed class SetLayerLearningRateCommand : LayerCmdlet
{
    /// <summary>Multiplies the plan's learning rate; above 0.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = "Factor")]
    public double Factor { get; set; }

    /// <summary>An absolute learning rate; above 0.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "LearningRate")]
    public double LearningRate { get; set; }

    protected override LayerRule RuleFor(string pattern) => ParameterSetName == "Factor"
        ? new() { Pattern = pattern, Factor = Factor }
        : new() { Pattern = pattern, LearningRate = LearningRate };
}

using System.Management.Automation;
using PSFineTune.Training;

namespace PSFineTune.Cmdlets;

/// <summary>Freezes layers: no gradient, not given to the optimizer, their batch norm in evaluation mode.</summary>
/// <remarks>Returns a new plan; the one piped in is left as it was. The last rule that matches a parameter wins.</remarks>
/// <example>
/// <code>$plan = $plan | Lock-ModelLayer stem, 'stage[1-3]'</code>
/// Only the later stages and the output layer learn.
/// </example>
/// <example>
/// <code>$plan = $plan | Lock-ModelLayer * | Unlock-ModelLayer head</code>
/// Everything but the output layer is frozen.
/// </example>
/// <example>
/// <code>$plan = $plan | Lock-ModelLayer stem -TrainBatchNorm</code>
/// Frozen weights, but batch norm goes on updating its running statistics.
/// </example>
[Cmdlet(VerbsCommon.Lock, "ModelLayer"), OutputType(typeof(TrainingPlan))]
public sealed class LockModelLayerCommand : LayerCmdlet
{
    /// <summary>Let frozen batch norm update its running statistics.</summary>
    [Parameter]
    public SwitchParameter TrainBatchNorm { get; set; }

    protected override LayerRule RuleFor(string pattern) => new() { Pattern = pattern, Frozen = true, TrainBatchNorm = TrainBatchNorm };
}

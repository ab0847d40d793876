using System.Management.Automation;
using PSFineTune.Training;

namespace PSFineTune.Cmdlets;

/// <summary>Thaws frozen layers: they learn at the plan's learning rate again.</summary>
/// <remarks>Returns a new plan; the one piped in is left as it was. A rate set before locking is not remembered: set it again with Set-LayerLearningRate.</remarks>
/// <example>
/// <code>$plan = $plan | Lock-ModelLayer * | Unlock-ModelLayer head</code>
/// Only the output layer learns.
/// </example>
/// <example>
/// <code>$plan = $plan | Unlock-ModelLayer stage4, head</code>
/// The last stage learns too.
/// </example>
/// <example>
/// <code>($plan | Lock-ModelLayer * | Unlock-ModelLayer head | Get-ModelLayer | Where-Object Trainable).Name</code>
/// What is trained then.
/// </example>
[Cmdlet(VerbsCommon.Unlock, "ModelLayer"), OutputType(typeof(TrainingPlan))]
public sealed class UnlockModelLayerCommand : LayerCmdlet
{
    protected override LayerRule RuleFor(string pattern) => new() { Pattern = pattern, Factor = 1 };
}

using System.Management.Automation;
using PSFineTune.Training;

namespace PSFineTune.Cmdlets;

/// <summary>Measures what a run of a plan will take, by a few real steps on a copy: time, memory and disk.</summary>
/// <remarks>Nothing is written, on the disk of the data or on that of the workspace. PreparationSeconds is what comes once before the first epoch where layers stay frozen (recipes Fast and HeadOnly), CacheBytes what is kept of it in the workspace; both are 0 where an earlier run has left it there, and the duration is with it. The same numbers come from Invoke-FineTune -WhatIf. They are those of this machine as busy as it is now: DurationLow and DurationHigh tell how much its steps differ.</remarks>
/// <example>
/// <code>$plan | Get-FineTunePlan</code>
/// Before a run: how long, how much memory, and whether the disk has room.
/// </example>
/// <example>
/// <code>16, 32 | ForEach-Object { $plan | Get-FineTunePlan -ImageSize $_ } | Select-Object StepSecondsP50, PeakMemoryBytes</code>
/// What larger pictures cost.
/// </example>
/// <example>
/// <code>0, 2 | ForEach-Object { $plan | Get-FineTunePlan -CachedViews $_ } | Select-Object PreparationSeconds, SecondsPerEpoch, CacheBytes</code>
/// What it saves and costs to compute layers that stay frozen once.
/// </example>
[Cmdlet(VerbsCommon.Get, "FineTunePlan", DefaultParameterSetName = FromPlan), OutputType(typeof(PlanEstimate))]
public sealed class GetFineTunePlanCommand : TrialCmdlet
{
    /// <summary>Steps to take, 3 or more; the first two warm up and are not timed.</summary>
    [Parameter]
    public int Steps { get; set; } = new PlanTrial().Steps;

    protected override void Process() => WriteObject(new TrialNarrator(this, Cancelled).Measure(new(Steps), GivenPlan(), GivenData(), InWorkspace));
}

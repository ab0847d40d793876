using System.Management.Automation;
using PSFineTune.Training;

namespace PSFineTune.Cmdlets;

/// <summary>Trains a classifier and returns the record of the run.</summary>
/// <remarks>Takes a plan, or a dataset and a model with the same settings as New-FineTunePlan. Shows progress, writes a line an epoch with -Verbose, puts EpochMetric objects with the tag Epoch on the information stream, and writes exactly one RunRecord; with -WhatIf it measures a few steps on a copy and writes a PlanEstimate, with -Resume of what is left of the run. Ctrl+C, and a service manager's SIGTERM, stop within one step and leave a checkpoint, from which -Resume goes on: the final weights are, bit for bit on the CPU, those of a run that was never stopped.</remarks>
/// <example>
/// <code>$run = $plan | Invoke-FineTune</code>
/// Runs a plan.
/// </example>
/// <example>
/// <code>Import-ImageDataset ./clothing | Invoke-FineTune MobileNetV2 -Weights ./mobilenet_v2.safetensors -Epochs 5 | Export-FineTuneModel ./clothing.psft</code>
/// The short way, from a folder of photos to a package.
/// </example>
/// <example>
/// <code>$run = $plan | Invoke-FineTune -InformationVariable said; $said.MessageData | Export-Csv epochs.csv</code>
/// The metrics of each epoch as a table.
/// </example>
/// <example>
/// <code>$plan | Invoke-FineTune -Resume -TimeBudget 4:00:00</code>
/// For a job that is started every night: goes on where the last one ended, for four hours at most.
/// </example>
/// <example>
/// <code>($plan | Invoke-FineTune -WhatIf).DurationHigh</code>
/// How long it will take, from a few steps on a copy; nothing is written. With -Resume, how long what is left will take.
/// </example>
/// <example>
/// <code>$job = $plan | Invoke-FineTune -AsJob; $job | Receive-Job -Wait</code>
/// In the background, while the session does other things; the job ends with its process, and -Resume goes on from there.
/// </example>
[Cmdlet(VerbsLifecycle.Invoke, "FineTune", DefaultParameterSetName = "Plan", SupportsShouldProcess = true), OutputType(typeof(RunRecord), typeof(PlanEstimate), typeof(Job))]
public sealed class InvokeFineTuneCommand : TrainingCmdlet
{
    /// <summary>What to run, from New-FineTunePlan; settings given here override it.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = "Plan")]
    public TrainingPlan Plan { get; set; } = null!;

    /// <summary>Train in the background of this process and return a job at once, for Get-, Receive-, Wait-, Stop- and Remove-Job. Stop-Job leaves a checkpoint to go on from.</summary>
    [Parameter]
    public SwitchParameter AsJob { get; set; }

    protected override void Process()
    {
        // New-FineTunePlan has said the warnings of a plan that is piped in.
        var plan = ParameterSetName == FromDataset ? NewPlan() : WithSettings(Plan);
        if (ParameterSetName == FromDataset) foreach (var warning in PlanStart.Warnings(plan)) WriteWarning(warning);
        var (data, options, workspace) = (GivenData(), Options(), InWorkspace);
        FineTuning.Check(plan, data, options);
        var words = $"Performing the operation \"Fine-tune {plan.Model?.Name} for {plan.Epochs} epochs\" on target \"{workspace}\".";
        if (!ShouldProcess(words, $"Are you sure you want to perform this action?\n{words}", "Confirm", out var reason))
        {
            if (reason == ShouldProcessReason.WhatIf) WriteObject(new TrialNarrator(this, Cancelled).Measure(new(Resume: Resume), plan, data, workspace));
        }
        else if (AsJob) WriteObject(FineTuneJob.Start(JobRepository, MyInvocation.Line.Trim(), (progress, stop) => FineTuning.Run(plan, data, workspace, progress, stop, options)));
        else new RunNarrator(this).TellAll(FineTuning.Run(plan, data, workspace, new ShownProgress(this), Cancelled, options));
    }
}

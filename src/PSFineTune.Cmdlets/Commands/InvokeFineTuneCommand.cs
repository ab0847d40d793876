using System.Management.Automation;
using PSFineTune.Training;

namespace PSFineTune.Cmdlets;

/// <summary>Trains a classifier and returns the record of the run.</summary>
/// <remarks>Takes a plan, or a dataset and a model with the same settings as New-FineTunePlan. Shows progress, writes a line an epoch with -Verbose, puts EpochMetric objects with the tag Epoch on the information stream, and writes exactly one RunRecord. Ctrl+C stops within one step and keeps the last checkpoint.</remarks>
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
[Cmdlet(VerbsLifecycle.Invoke, "FineTune", DefaultParameterSetName = "Plan", SupportsShouldProcess = true), OutputType(typeof(RunRecord))]
public sealed class InvokeFineTuneCommand : PlanCmdlet
{
    /// <summary>What to run, from New-FineTunePlan; settings given here override it.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = "Plan")]
    public TrainingPlan Plan { get; set; } = null!;

    /// <summary>Folder of runs, checkpoints and caches; the default is $env:PSFINETUNE_WORKSPACE, else a PSFineTune folder in the user's data directory.</summary>
    [Parameter]
    public string? Workspace { get; set; }

    /// <summary>Go on with the newest unfinished run of the same plan in the workspace; where it is finished, its record is returned, and where there is none, one is started.</summary>
    [Parameter]
    public SwitchParameter Resume { get; set; }

    /// <summary>The run ends after the first step beyond this time, with the best weights so far, such as 2:00:00.</summary>
    [Parameter]
    public TimeSpan? TimeBudget { get; set; }

    /// <summary>Steps from one checkpoint to the next; 0, the default, writes them after every epoch and by time.</summary>
    [Parameter]
    public int CheckpointSteps { get; set; }

    /// <summary>Time from one checkpoint to the next within an epoch; ten minutes without it.</summary>
    [Parameter]
    public TimeSpan? CheckpointInterval { get; set; }

    /// <summary>Write the metrics of each epoch as TensorBoard's event files, too, in the folder tensorboard of the run.</summary>
    [Parameter]
    public SwitchParameter TensorBoard { get; set; }

    protected override void Process()
    {
        // New-FineTunePlan has said the warnings of a plan that is piped in.
        var plan = ParameterSetName == FromDataset ? NewPlan() : WithSettings(Plan);
        if (ParameterSetName == FromDataset) foreach (var warning in PlanStart.Warnings(plan)) WriteWarning(warning);
        var workspace = WorkspacePath(Workspace);
        if (!ShouldProcess(workspace, $"Fine-tune {plan.Model?.Name} for {plan.Epochs} epochs")) return;
        var narrator = new RunNarrator(this);
        foreach (var happened in FineTuning.Run(plan, ParameterSetName == FromDataset ? Dataset : null, workspace, new ShownProgress(this), Cancelled, Options()))
            narrator.Tell(happened);
    }

    RunOptions Options() => new()
    {
        Resume = Resume, TimeBudget = TimeBudget, CheckpointSteps = CheckpointSteps, TensorBoard = TensorBoard,
        CheckpointInterval = CheckpointInterval ?? new RunOptions().CheckpointInterval,
    };
}

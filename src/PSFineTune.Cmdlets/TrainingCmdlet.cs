using System.Management.Automation;
using PSFineTune.Training;

namespace PSFineTune.Cmdlets;

/// <summary>How a run is carried out, as parameters; nothing here is part of its plan.</summary>
public abstract class TrainingCmdlet : PlanCmdlet
{
    /// <summary>Folder of runs, checkpoints and caches; the default is $env:PSFINETUNE_WORKSPACE, else a PSFineTune folder in the user's data directory.</summary>
    [Parameter]
    public string? Workspace { get; set; }

    /// <summary>Go on with the newest run of the same plan in the workspace, one whose -TimeBudget was over included; where it is finished, its record is returned, and where there is none, one is started.</summary>
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

    private protected override string InWorkspace => WorkspacePath(Workspace);

    private protected RunOptions Options() => new()
    {
        Resume = Resume, TimeBudget = TimeBudget, CheckpointSteps = CheckpointSteps, TensorBoard = TensorBoard, Script = MyInvocation.ScriptName,
        CheckpointInterval = CheckpointInterval ?? new RunOptions().CheckpointInterval,
    };
}

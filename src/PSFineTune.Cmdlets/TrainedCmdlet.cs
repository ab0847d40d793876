using System.Management.Automation;
using PSFineTune.Packaging;
using PSFineTune.Training;

namespace PSFineTune.Cmdlets;

/// <summary>A cmdlet that takes a trained model, and of a run one of its two sets of weights.</summary>
public abstract class TrainedCmdlet : FineTuneCmdlet
{
    /// <summary>Which weights of a run: Best or Last; without it those that its recipe keeps.</summary>
    [Parameter]
    public ModelChoice? Checkpoint { get; set; }

    /// <summary>Folder of runs; the default is $env:PSFINETUNE_WORKSPACE, else a PSFineTune folder in the user's data directory.</summary>
    [Parameter]
    public string? Workspace { get; set; }

    private protected TrainedModel Open(object model) => TrainedModel.From(Given(model), WorkspacePath(Workspace), Checkpoint);
}

using System.Management.Automation;
using PSFineTune.Packaging;
using PSFineTune.Store;
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

    /// <summary>Let the TorchScript program run that a model of TorchScriptBackbone holds: code with the rights of this account. Without it such a model is refused.</summary>
    [Parameter]
    public SwitchParameter AllowCode { get; set; }

    private protected override bool AllowsCode => AllowCode;

    /// <summary>Of an adapter package: the file of weights that it is added to, of any name, or the folder that has it. Without it one of the same bytes is looked for beside the package and in the folder of saved weights, $env:PSFINETUNE_WEIGHTS.</summary>
    [Parameter]
    public string? BaseWeights { get; set; }

    private protected TrainedModel Open(object model)
    {
        var given = Given(model);
        return TrainedModel.From(given, NeedsWorkspace(given) ? WorkspacePath(Workspace) : "", Checkpoint, FullPath(BaseWeights));
    }

    // Only a run's id, and a name in the store of this machine: an account without a home folder, and so without a workspace, predicts with all others.
    bool NeedsWorkspace(object given) => Workspace is not null || (given is string name && (StoreReference.Is(name) ? StoreReference.Parse(name).Folder is null && !StoreReference.IsNamed : !File.Exists(name)));
}

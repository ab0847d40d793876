using System.Management.Automation;
using PSFineTune.Ledger;
using PSFineTune.Store;

namespace PSFineTune.Cmdlets;

/// <summary>A cmdlet that works on a store of models.</summary>
public abstract class StoreCmdlet : FineTuneCmdlet
{
    /// <summary>Folder of the store, which a published model from the pipeline names too; the default is $env:PSFINETUNE_STORE, else the folder store of the workspace.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Store { get; set; }

    /// <summary>Folder of runs; the default is $env:PSFINETUNE_WORKSPACE, else a PSFineTune folder in the user's data directory.</summary>
    [Parameter]
    public string? Workspace { get; set; }

    private protected string StorePath => Store is null ? StoreReference.DefaultFolder(StoreReference.IsNamed ? "" : WorkspacePath(Workspace)) : GetUnresolvedProviderPathFromPSPath(Store);

    /// <summary>Writes what is current now, and writes it down.</summary>
    private protected void Told(PublishedModel published)
    {
        DecisionEntry.Add(DecisionEntry.Of(published, CallingScript), WorkspacePath(Workspace), WriteWarning);
        WriteObject(published);
    }

    private protected ModelStore Opened() => new(StorePath) { Tell = WriteVerbose, Cancel = Cancelled };
}

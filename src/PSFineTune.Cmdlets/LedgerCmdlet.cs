using System.Management.Automation;
using PSFineTune.Ledger;

namespace PSFineTune.Cmdlets;

/// <summary>A cmdlet that reads a ledger.</summary>
public abstract class LedgerCmdlet : FineTuneCmdlet
{
    private protected const string OfPath = "Path", OfWorkspace = "Workspace";

    /// <summary>A ledger.jsonl, with its ledger.head beside it.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true, ParameterSetName = OfPath), Alias("FullName")]
    public string Path { get; set; } = null!;

    /// <summary>Folder of runs whose ledger is meant; the default is $env:PSFINETUNE_WORKSPACE, else a PSFineTune folder in the user's data directory.</summary>
    [Parameter(ParameterSetName = OfWorkspace)]
    public string? Workspace { get; set; }

    private protected LedgerFile Ledger => ParameterSetName == OfPath
        ? new(GetUnresolvedProviderPathFromPSPath(Path), warn: WriteWarning)
        : LedgerFile.In(WorkspacePath(Workspace), WriteWarning);
}

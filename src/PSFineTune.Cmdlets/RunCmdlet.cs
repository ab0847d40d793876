using System.Management.Automation;

namespace PSFineTune.Cmdlets;

/// <summary>A cmdlet that takes runs as records, ids or folders.</summary>
public abstract class RunCmdlet : FineTuneCmdlet
{
    /// <summary>Folder of runs; the default is $env:PSFINETUNE_WORKSPACE, else a PSFineTune folder in the user's data directory.</summary>
    [Parameter]
    public string? Workspace { get; set; }
}

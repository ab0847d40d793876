using System.Management.Automation;

namespace PSFineTune.Cmdlets;

/// <summary>A cmdlet that takes runs as records, ids or folders.</summary>
public abstract class RunCmdlet : FineTuneCmdlet
{
    /// <summary>Folder of runs; the default is $env:PSFINETUNE_WORKSPACE, else a PSFineTune folder in the user's data directory.</summary>
    [Parameter]
    public string? Workspace { get; set; }

    /// <summary>A run as the core knows it: the record, the full path of its folder, or its id.</summary>
    private protected object GivenRun(object run) => Given(run) switch
    {
        DirectoryInfo folder => folder.FullName,
        var given => given,
    };
}

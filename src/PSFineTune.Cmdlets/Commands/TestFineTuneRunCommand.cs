using System.Management.Automation;
using PSFineTune.Training;

namespace PSFineTune.Cmdlets;

/// <summary>Checks that a run on the disk is what it was, or trains it again and compares every step bit for bit.</summary>
/// <remarks>The check reads the record, verifies each checkpoint, and compares weights, data and the weights file the run started from with the hashes in the record. With -Reproduce the run's plan is trained again, with its thread count, in a folder beside the run that is removed afterwards; it ends at the run's last step or at the first one that differs. The run itself is only read.</remarks>
/// <example>
/// <code>$run | Test-FineTuneRun | Select-Object -ExpandProperty Findings</code>
/// What is wrong with a run, and what to do.
/// </example>
/// <example>
/// <code>if (-not (Test-FineTuneRun $run.Id -Reproduce -Quiet)) { Write-Warning 'The run cannot be repeated here.' }</code>
/// Whether this machine trains the same weights again.
/// </example>
/// <example>
/// <code>Get-FineTuneRun | Test-FineTuneRun | Where-Object Intact -EQ $false</code>
/// All runs of the workspace that are not what they were.
/// </example>
[Cmdlet(VerbsDiagnostic.Test, "FineTuneRun"), OutputType(typeof(RunCheck), typeof(Reproduction), typeof(bool))]
public sealed class TestFineTuneRunCommand : RunCmdlet
{
    /// <summary>A run: its record, id or folder.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true), Alias("Id")]
    public object Run { get; set; } = null!;

    /// <summary>Train the run again, compare the loss of every step and the weights after the last, and return a Reproduction.</summary>
    [Parameter]
    public SwitchParameter Reproduce { get; set; }

    /// <summary>Only whether the run is intact, or with -Reproduce whether it is identical.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <summary>With -Reproduce: let the TorchScript program run again that is the backbone of a TorchScriptBackbone: code with the rights of this account.</summary>
    [Parameter]
    public SwitchParameter AllowCode { get; set; }

    private protected override bool AllowsCode => AllowCode;

    protected override void Process()
    {
        var workspace = WorkspacePath(Workspace);
        var folder = RunState.Find(GivenRun(Run), workspace);
        if (Reproduce) Repeat(folder);
        else if (RunInspection.Of(folder, workspace, new ShownProgress(this), Cancelled) is var check) WriteObject(Quiet ? check.Intact : check);
    }

    void Repeat(RunFolder folder)
    {
        var narrator = new RunNarrator(this, "Training again");
        foreach (var (step, result) in new Reproducer(folder).Run(new ShownProgress(this), Cancelled))
            if (step is not null) narrator.Tell(step);
            else if (result is not null) narrator.Finish(Quiet ? result.Identical : result);
    }
}

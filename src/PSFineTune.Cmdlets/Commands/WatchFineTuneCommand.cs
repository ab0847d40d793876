using System.Management.Automation;
using PSFineTune.Training;

namespace PSFineTune.Cmdlets;

/// <summary>Watches a run that another process trains, until it ends, and returns its record.</summary>
/// <remarks>In a terminal a table and a curve are kept up to date; where nobody sees them, each finished epoch is one line on the information stream. A run whose process is gone is said to be killed. Ctrl+C leaves; the run goes on.</remarks>
/// <example>
/// <code>Watch-FineTune</code>
/// The newest run that goes on, or else the newest.
/// </example>
/// <example>
/// <code>$run = Watch-FineTune $run.Id -Refresh 5; $run.ExitCode</code>
/// A run by its id, looked at every five seconds.
/// </example>
/// <example>
/// <code>(Get-FineTuneRun | Select-Object -First 1 | Watch-FineTune).Epochs | Format-Table</code>
/// A run from the pipeline, and its epochs once it is over.
/// </example>
[Cmdlet(VerbsCommon.Watch, "FineTune"), OutputType(typeof(RunRecord))]
public sealed class WatchFineTuneCommand : RunCmdlet
{
    /// <summary>A run: its record, id or folder. Without it the newest run that goes on, or else the newest.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true), Alias("Id")]
    public object? Run { get; set; }

    /// <summary>Seconds between two looks.</summary>
    [Parameter, ValidateRange(0.1, 3600.0)]
    public double Refresh { get; set; } = 1;

    protected override void Process()
    {
        var workspace = WorkspacePath(Workspace);
        var folder = Run is null ? RunState.Newest(workspace, DateTimeOffset.UtcNow) : RunState.Find(GivenRun(Run), workspace);
        var narrator = new WatchNarrator(this);
        for (var state = RunState.Of(folder, DateTimeOffset.UtcNow); ; state = RunState.Of(folder, DateTimeOffset.UtcNow))
        {
            narrator.Tell(state);
            if (state.End is not null)
            {
                WriteObject(state.Record);
                return;
            }
            if (Cancelled.WaitHandle.WaitOne(TimeSpan.FromSeconds(Refresh))) Cancelled.ThrowIfCancellationRequested();
        }
    }
}

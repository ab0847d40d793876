using System.Management.Automation;
using PSFineTune.Pictures;
using PSFineTune.Training;

namespace PSFineTune.Cmdlets;

/// <summary>Draws loss, accuracy and learning rate over the epochs of one or more runs.</summary>
/// <remarks>Runs that go on are drawn as far as they are. Without -Path the curves are drawn in the characters of the terminal, or of the file its output goes to; with -Terminal Kitty, ITerm or Sixel as a picture in it, with None in a viewer.</remarks>
/// <example>
/// <code>$run | Show-TrainingCurve</code>
/// The curves of a run, in the terminal.
/// </example>
/// <example>
/// <code>Get-FineTuneRun -First 3 | Show-TrainingCurve -Path curves.png -PassThru</code>
/// The three newest runs in one picture, one colour each.
/// </example>
/// <example>
/// <code>Show-TrainingCurve $run.Id -Path curves.html</code>
/// A page that shows the numbers of an epoch where one points at it.
/// </example>
[Cmdlet(VerbsCommon.Show, "TrainingCurve", SupportsShouldProcess = true), OutputType(typeof(FileInfo))]
public sealed class ShowTrainingCurveCommand : ChartCmdlet
{
    readonly List<RunRecord> _runs = [];

    /// <summary>Runs: records, ids, or folders of runs.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true), Alias("Id")]
    public object[] Run { get; set; } = [];

    /// <summary>Folder of runs; the default is $env:PSFINETUNE_WORKSPACE, else a PSFineTune folder in the user's data directory.</summary>
    [Parameter]
    public string? Workspace { get; set; }

    protected override void Process() => _runs.AddRange(Run.Select(run => RunState.RecordOf(GivenRun(run), WorkspacePath(Workspace))));

    protected override void End() => Draw(new TrainingCurves(_runs));
}

using System.Management.Automation;
using PSFineTune.Training;

namespace PSFineTune.Cmdlets;

/// <summary>Lists the runs of a workspace, the newest first.</summary>
/// <remarks>A run that was killed has no ExitCode. -First, -Skip and -IncludeTotalCount page through many.</remarks>
/// <example>
/// <code>Get-FineTuneRun -First 5</code>
/// The five newest runs.
/// </example>
/// <example>
/// <code>Get-FineTuneRun | Sort-Object Accuracy -Descending | Select-Object -First 1 | Export-FineTuneModel ./best.psft</code>
/// A package of the best run.
/// </example>
/// <example>
/// <code>Get-FineTuneRun $run.Id | Measure-FineTuneModel</code>
/// One run, by its id.
/// </example>
[Cmdlet(VerbsCommon.Get, "FineTuneRun", SupportsPaging = true), OutputType(typeof(RunRecord))]
public sealed class GetFineTuneRunCommand : FineTuneCmdlet
{
    /// <summary>Ids of runs; wildcards allowed.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true), SupportsWildcards]
    public string[] Id { get; set; } = ["*"];

    /// <summary>Folder of runs; the default is $env:PSFINETUNE_WORKSPACE, else a PSFineTune folder in the user's data directory.</summary>
    [Parameter]
    public string? Workspace { get; set; }

    protected override void Process()
    {
        var runs = Found(WorkspacePath(Workspace)).DistinctBy(run => run.Id).ToList();
        if (PagingParameters.IncludeTotalCount) WriteObject(PagingParameters.NewTotalCount((ulong)runs.Count, 1));
        var (skip, first) = ((int)Math.Min(PagingParameters.Skip, int.MaxValue), (int)Math.Min(PagingParameters.First, int.MaxValue));
        foreach (var run in runs.Skip(skip).Take(first)) if (Said(() => run.Record) is { } record) WriteObject(record);
    }

    // A run that is not there or cannot be read is an error of its own; the others come out.
    IEnumerable<RunFolder> Found(string workspace) => Id.SelectMany(id =>
        WildcardPattern.ContainsWildcardCharacters(id) ? RunFolder.All(workspace).Where(run => WildcardPattern.Get(id, WildcardOptions.IgnoreCase).IsMatch(run.Id))
        : Said(() => RunFolder.Find(workspace, id)) is { } found ? [found] : Array.Empty<RunFolder>());
}

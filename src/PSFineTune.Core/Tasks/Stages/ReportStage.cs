using System.Globalization;
using PSFineTune.Reports;

namespace PSFineTune.Tasks.Stages;

/// <summary>Writes the page about the run, beside the published model where they were compared.</summary>
sealed class ReportStage : TaskStage
{
    public override bool Tells => true;

    public override bool IsSkipped(FineTuneTask task) => task.Report.Skip;

    public override string Explain(FineTuneTask task) => $"Writes the page {task.Report.Path ?? "reports/{run}.html in the task's folder"} where a model was trained.";

    public override IEnumerable<TaskEvent> Run(TaskState state, CancellationToken cancel)
    {
        // What was stopped has no time for a page.
        if (state.Run is not { IsFinished: true } run || state.Outcome.Result == TaskResult.Stopped)
        {
            yield return new StageSaid("nothing to tell of");
            yield break;
        }
        var path = PathOf(state, run.Id);
        var steps = new ProgressQueue();
        var request = new ReportRequest
        {
            Run = run, Compare = state.Comparison is not null && state.Champion is { } champion && File.Exists(champion.Path) ? champion.Path : null, Workspace = state.Workspace,
            Dataset = state.Data, Split = state.Judged?.Split, Findings = state.Task.Audit.Skip ? [] : state.Findings, Title = $"{state.Task.Name}: {state.Outcome.Result}, {run.Id}",
        };
        foreach (var step in steps.While(() => Write(path, request, steps, cancel))) yield return step;
        state.Report = path;
        state.Outcome = state.Outcome with { Report = path };
        if (state.Task.Report.Path is null) Prune(Path.GetDirectoryName(path)!, state.Task.Report.Keep);
        yield return new StageSaid(path);
    }

    static void Write(string path, ReportRequest request, ProgressQueue steps, CancellationToken cancel)
    {
        foreach (var (step, report) in new ReportGathering(request, steps, cancel).Run())
            if (report is not null) ReportFile.Write(path, report);
            else steps.Report(step!);
    }

    static string PathOf(TaskState state, string run) => state.Task.Report.Path is not { } given ? Path.Combine(state.Folder, "reports", $"{run}.html")
        : ReportFile.Named(given.Replace("{task}", state.Task.Name, StringComparison.Ordinal).Replace("{run}", run, StringComparison.Ordinal)
            .Replace("{date}", state.Outcome.Started.ToLocalTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), StringComparison.Ordinal));

    // Names begin with the time of the run.
    static void Prune(string folder, int keep)
    {
        foreach (var old in Directory.GetFiles(folder, "*.html").OrderDescending(StringComparer.Ordinal).Skip(keep)) File.Delete(old);
    }
}

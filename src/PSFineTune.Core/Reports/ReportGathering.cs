using System.Runtime.InteropServices;
using PSFineTune.Audit;
using PSFineTune.Data;

namespace PSFineTune.Reports;

/// <summary>Gathers what a page shows. It advances only as its progress is pulled; the last value is the report.</summary>
/// <param name="request">What is asked for.</param>
/// <param name="reading">Of reading files; called on the calling thread.</param>
/// <param name="cancel">Checked for every file, batch and picture.</param>
sealed class ReportGathering(ReportRequest request, IProgress<ImportProgress> reading, CancellationToken cancel)
{
    const int CellSamples = 150, Worst = 12, Differing = 24;

    readonly List<string> _remarks = [];

    /// <exception cref="FineTuneException">NoSuchRun; or the dataset that was given does not fit the model, or has no samples in the split.</exception>
    public IEnumerable<(ImportProgress? Step, Report? Result)> Run()
    {
        ReportSource[] sources = [.. new[] { request.Run, request.Compare }.OfType<object>().Select(given => ReportSource.Open(given, request.Workspace))];
        var data = request.Dataset ?? OwnData(sources[0]);
        var veil = Veil(sources, data);
        var split = request.Split ?? (data?.RowsOf(Split.Test).Length > 0 ? Split.Test : Split.Validation);
        RunReading[] runs = [.. sources.Select(source => new RunReading(source, veil))];
        var report = new Report
        {
            Split = split,
            DataName = NameOf(data?.Reference.Root ?? sources[0].Record.Plan.Dataset?.Root),
            DataFingerprint = data?.Fingerprint ?? "",
            Counts = data?.ClassCounts ?? [],
            IsAudited = request.Findings is null && data is not null,
            Findings = [.. (request.Findings ?? Audited(data)).Select(finding => Veiled(finding, veil, data))],
            Judged = $"PSFineTune {typeof(Report).Assembly.GetName().Version?.ToString(3)}, {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}",
        };
        if (data is not null)
        {
            // The first run's own data are told of where they are read.
            foreach (var source in sources.Skip(request.Dataset is null ? 1 : 0))
                if (source.Record.Plan.Dataset is { Fingerprint: { Length: > 0 } learned } && learned != data.Fingerprint)
                    _remarks.Add($"{source.Record.Plan.Model?.Name} {source.Record.Id} learned from other data than are judged here, or from another split of them: it may have seen some of these samples, and look better than it is.");
            foreach (var run in runs)
                foreach (var step in run.Judge(data, split, must: request.Dataset is not null, cancel)) yield return (step, null);
            foreach (var (step, shown) in Show(report, data, sources[0], runs))
                if (shown is null) yield return (step, null);
                else report = shown;
        }
        yield return (null, report with
        {
            Title = request.Title ?? (runs.Length > 1 ? $"{runs[0].Run.Name} beside {runs[1].Run.Name}" : runs[0].Run.Name),
            Run = runs[0].Run,
            Other = runs.Length > 1 ? runs[1].Run : null,
            Remarks = [.. _remarks.Select(veil.Of)],
        });
    }

    IEnumerable<(ImportProgress? Step, Report? Result)> Show(Report report, Dataset data, ReportSource source, RunReading[] runs)
    {
        var augmented = new AugmentedSamples(source.Record.Plan, data);
        var cards = new SampleCards(data, new(TrainingSamples.Most + augmented.Most + CellSamples + 2 * Worst * runs.Length + (runs.Length > 1 ? Differing : 0)));
        var some = TrainingSamples.Of(data);
        foreach (var run in runs)
            foreach (var step in run.Show(cards, CellSamples / runs.Length, cancel)) yield return (step, null);
        List<Disagreement> differing = [];
        if (runs.Length > 1)
            foreach (var one in Reports.Disagreements.Of(runs[0], runs[1], cards, Differing))
            {
                cancel.ThrowIfCancellationRequested();
                differing.Add(one);
                yield return (new() { Activity = "Comparing", Unit = "samples", Done = differing.Count, Total = Differing }, null);
            }
        List<ShownSample> samples = [];
        foreach (var row in some)
        {
            cancel.ThrowIfCancellationRequested();
            samples.Add(cards.Of(row));
            yield return (new() { Activity = "Showing samples", Done = samples.Count, Total = some.Count }, null);
        }
        yield return (null, report with { Disagreements = differing, OnlyRight = runs.Length > 1 ? Reports.Disagreements.Count(runs[0], runs[1]) : default, Samples = samples, Augmented = augmented.Draw(some, cards, cancel) });
    }

    // What an audit of the data finds where none was given: as far as it takes no longer than reading them.
    IEnumerable<AuditFinding> Audited(Dataset? data) =>
        data is null ? [] : new DataAudit(DataAudit.Rules(null), request.Workspace, reading, cancel).Run(data);

    Dataset? OwnData(ReportSource source)
    {
        try
        {
            var own = source.OwnData(request.Workspace, reading, cancel);
            if (source.Record.Plan.Dataset is { Fingerprint: { Length: > 0 } then } && then != own.Fingerprint)
                _remarks.Add("The data have changed since the model learned from them: samples that it has seen may be judged here, and others be missing.");
            return own;
        }
        catch (FineTuneException gone)
        {
            _remarks.Add($"The data of the run cannot be read, so nothing here was judged and no sample is shown: {gone.Message}");
            return null;
        }
    }

    PathVeil Veil(IEnumerable<ReportSource> sources, Dataset? data) => new(
    [
        request.Workspace, data?.Reference.Root, Environment.CurrentDirectory, Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
        .. sources.SelectMany(source => (string?[])[source.Record.Path, source.Record.Plan.Dataset?.Root, source.Record.Plan.Weights, .. FilesOf(source.Record.Plan.Dataset)]),
    ]);

    static string?[] FilesOf(DatasetReference? data) => data switch
    {
        ImageDatasetReference images => [images.Manifest],
        TextDatasetReference texts => [texts.ValidationPath, texts.TestPath, texts.ClassFile],
        _ => [],
    };

    static AuditFinding Veiled(AuditFinding finding, PathVeil veil, Dataset? data) => finding with
    {
        Path = Below(data, finding.Path), RelatedPath = finding.RelatedPath is { } other ? Below(data, other) : null, Message = veil.Of(finding.Message), Action = veil.Of(finding.Action),
    };

    static string Below(Dataset? data, string path) => data is null || path.Length == 0 ? Path.GetFileName(path) : PathVeil.Below(data.Reference.Root, path);

    static string NameOf(string? root) => root is null ? "" : Path.GetFileName(Path.TrimEndingDirectorySeparator(root));
}

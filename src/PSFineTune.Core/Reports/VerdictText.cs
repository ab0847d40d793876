using PSFineTune.Metrics;
using PSFineTune.Training;

namespace PSFineTune.Reports;

/// <summary>What a run came to, in plain sentences.</summary>
static class VerdictText
{
    /// <summary>How good, how sure of that, and whether it is more than guessing.</summary>
    public static string Accuracy(Evaluation judged, Data.Split split)
    {
        var guess = Guess(judged);
        var against = $"always answering {(guess.Label is null ? "one and the same class" : $"‘{guess.Label}’, the most frequent class,")} would be right for {Figures.Share(guess.Share)}";
        return $"{Figures.Share(judged.Accuracy)} of {Figures.Count(judged.Count)} {split.ToString().ToLowerInvariant()} samples are named right{Range(judged.AccuracyInterval)}; {against}{Worth(judged, guess.Share)}.";
    }

    /// <summary>The class that is told worst from the others; null where there is but one.</summary>
    public static string? Weakest(Evaluation judged)
    {
        if (judged.PerClass.Where(metric => metric.Support > 0).OrderBy(metric => metric.F1).ThenByDescending(metric => metric.Support).FirstOrDefault() is not { F1: < 1 } weakest) return null;
        var (row, labels) = (judged.Confusion.Labels.Select((name, index) => (name, index)).FirstOrDefault(pair => pair.name == weakest.Label).index, judged.Confusion.Labels);
        var said = judged.Confusion.Rows.Count > row ? judged.Confusion.Rows[row] : [];
        var taken = said.Select((count, column) => (count, column)).Where(pair => pair.column != row && pair.count > 0).OrderByDescending(pair => pair.count).FirstOrDefault();
        var right = said.Count > row ? $"{Figures.Count(said[row])} of its {Figures.Of(weakest.Support, "sample")} are recognised" : $"{Figures.Share(weakest.Recall)} of its samples are recognised";
        return $"The weakest class is ‘{weakest.Label}’: {right} (F1 {Figures.Number(weakest.F1, "0.00")}){(taken.count > 0 ? $", and it is taken most often for ‘{labels[taken.column]}’" : "")}.";
    }

    /// <summary>What the audit found, and the worst of it; null where it found nothing.</summary>
    public static string? Audit(Report report)
    {
        if (report.Findings.Count == 0) return null;
        var counts = report.Findings.GroupBy(finding => finding.Severity).OrderByDescending(group => group.Key)
            .Select(group => group.Key switch { FindingSeverity.Error => Figures.Of(group.Count(), "error"), FindingSeverity.Warning => Figures.Of(group.Count(), "warning"), _ => Figures.Of(group.Count(), "note") });
        return $"The audit of the data has {string.Join(", ", counts)}; the worst: {report.Findings.MaxBy(finding => finding.Severity)!.Message}";
    }

    /// <summary>How the run ended, where it was not as planned; null where it was.</summary>
    public static string? Ending(ReportedRun run) => run.IsPackage ? null : run.Record switch
    {
        { ExitCode: 0, End: RunEnd.EarlyStop } => $"Training ended after {run.Record.Epochs.Count} of {Figures.Of(run.Record.Plan.Epochs, "epoch")}, because validation improved no more.",
        { ExitCode: 0, End: RunEnd.TimeBudget } => $"Training ended after {run.Record.Epochs.Count} of {Figures.Of(run.Record.Plan.Epochs, "epoch")}, because its time was over.",
        { ExitCode: 0 } => null,
        { ExitCode: 130 } => $"Training was stopped after {run.Record.Epochs.Count} of {Figures.Of(run.Record.Plan.Epochs, "epoch")}.",
        { ExitCode: not null } => $"Training failed after {run.Record.Epochs.Count} of {Figures.Of(run.Record.Plan.Epochs, "epoch")}.",
        _ => $"Training has not ended: {run.Record.Epochs.Count} of {Figures.Of(run.Record.Plan.Epochs, "epoch")} are over.",
    };

    /// <summary>The most frequent class among the judged samples, null where several are, and its share.</summary>
    public static (string? Label, double Share) Guess(Evaluation judged)
    {
        var most = judged.PerClass.Select(metric => metric.Support).DefaultIfEmpty().Max();
        var labels = judged.PerClass.Where(metric => metric.Support == most).Select(metric => metric.Label).ToList();
        return (labels is [var only] ? only : null, most / (double)Math.Max(1, judged.Count));
    }

    /// <summary>Whether that is more than guessing: true, false, or null where chance alone may explain it.</summary>
    public static bool? BeatsGuessing(Evaluation judged)
    {
        var guess = Guess(judged).Share;
        return judged.Accuracy <= guess ? false : double.IsFinite(judged.AccuracyInterval.Low) && judged.AccuracyInterval.Low <= guess ? null : true;
    }

    static string Worth(Evaluation judged, double guess) => BeatsGuessing(judged) switch
    {
        true => "",
        false => judged.Accuracy < guess ? ", so the model is worse than that" : ", so the model is no better than that",
        null => ", and the difference may be chance",
    };

    public static string Range(Interval interval) => double.IsFinite(interval.Low) ? $" ({Figures.Share(interval.Confidence, 0)} interval {Figures.Share(interval.Low)} to {Figures.Share(interval.High)})" : "";
}

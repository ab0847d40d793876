using PSFineTune.Metrics;

namespace PSFineTune.Reports.Sections;

/// <summary>What a reader who reads nothing else should know.</summary>
sealed class Verdicts : ReportSection
{
    public override string Id => "verdict";

    public override string Heading => "In short";

    public override Html Body(Report report) => Html.Of($"""
        {EachRun(report, (run, _) => Of(report, run))}
        {report.Remarks.Select(remark => Html.Of($"<p class=\"remark\">{remark}</p>"))}
        """);

    static Html Of(Report report, ReportedRun run)
    {
        string?[] more = [run.Evaluation is { } judged ? VerdictText.Weakest(judged) : null, VerdictText.Audit(report), VerdictText.Ending(run)];
        return Html.Of($"""
            {(run.Evaluation is { } evaluation ? Html.Of($"<p class=\"verdict {Worth(evaluation)}\">{VerdictText.Accuracy(evaluation, report.Split)}</p>") : Html.Of($"<p class=\"verdict unknown\">{NotJudged(report, run)}</p>"))}
            {more.OfType<string>().Select(sentence => Html.Of($"<p>{sentence}</p>"))}
            {Tiles(run)}
            """);
    }

    static string NotJudged(Report report, ReportedRun run) =>
        run.NotJudged is { } why ? $"The model could not be judged: {why}"
        : $"The model was not judged{(report.Counts.Count == 0 ? ", because its data are not here" : "")}{(double.IsNaN(run.Record.Accuracy) ? "." : $"; the best validation accuracy in training was {Figures.Share(run.Record.Accuracy)}.")}";

    static string Worth(Evaluation judged) => VerdictText.BeatsGuessing(judged) switch { true => "beats", false => "fails", null => "unsure" };

    static Html Tiles(ReportedRun run)
    {
        var record = run.Record;
        List<(string Name, string Value, string? More)> tiles = [];
        if (run.Evaluation is { } judged)
        {
            tiles.Add(("Accuracy", Figures.Share(judged.Accuracy), Low(judged.AccuracyInterval)));
            tiles.Add(("Macro-F1", Figures.Number(judged.MacroF1), Low(judged.MacroF1Interval)));
            tiles.AddRange(judged.TopK.Where(top => top.K > 1 && top.K < judged.PerClass.Count).TakeLast(1).Select(top => ($"Top {top.K}", Figures.Share(top.Accuracy), (string?)null)));
            tiles.Add(("Log loss", Figures.Number(judged.LogLoss), null));
            tiles.Add(("Calibration error", Figures.Share(judged.CalibrationError), null));
        }
        if (record.Epochs.Count > 0) tiles.Add(("Best validation", Figures.Share(record.Accuracy), record.BestEpoch is { } best && record.Epochs.Count > 1 ? $"in epoch {best.Epoch} of {record.Epochs.Count}" : null));
        if (run.TrainingTime > TimeSpan.Zero) tiles.Add(("Training time", Figures.Time(run.TrainingTime), null));
        return tiles.Count == 0 ? Html.Empty : Html.Of($"<dl class=\"tiles\">{tiles.Select(tile => Html.Of($"<div><dt>{tile.Name}</dt><dd>{tile.Value}{(tile.More is null ? Html.Empty : Html.Of($"<small>{tile.More}</small>"))}</dd></div>"))}</dl>");
    }

    static string? Low(Interval interval) => double.IsFinite(interval.Low) ? $"{Figures.Number(interval.Low)} to {Figures.Number(interval.High)}" : null;
}

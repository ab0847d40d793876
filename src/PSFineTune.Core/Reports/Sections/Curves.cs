using PSFineTune.Pictures;
using PSFineTune.Training;

namespace PSFineTune.Reports.Sections;

/// <summary>How training went, epoch by epoch.</summary>
sealed class Curves : ReportSection
{
    public override string Id => "curves";

    public override string Heading => "Training";

    // A model that is fitted at once has a single epoch, which is no curve.
    public override Html Body(Report report)
    {
        RunRecord[] runs = [.. report.Runs.Select(run => run.Record).Where(run => run.Epochs.Count > 0)];
        if (runs.All(run => run.Epochs.Count < 2)) return runs.Length == 0 ? Html.Empty : EachRun(report, (run, _) => Numbers(run.Record));
        CurvePanel[] panels =
        [
            .. new TrainingCurves(runs).Panels,
            Panel(runs, "samples per second", epoch => epoch.SamplesPerSecond),
            Panel(runs, "memory, GiB", epoch => epoch.PeakMemory > 0 ? epoch.PeakMemory / (double)(1L << 30) : double.NaN),
        ];
        return Html.Of($"""
            {(runs.Length > 1 ? Html.Of($"<p class=\"legend\">{report.Runs.Select((run, index) => Html.Of($"<span class=\"key\">{RunName(run, index)} ({Figures.Count(index + 1)})</span>"))}</p>") : Html.Empty)}
            <div class="charts">{panels.Where(panel => panel.Lines.Count > 0).Select(panel => new LineFigure(panel).Draw())}</div>
            {Fold("Numbers of each epoch", EachRun(report, (run, _) => Numbers(run.Record)))}
            """);
    }

    static CurvePanel Panel(IReadOnlyList<RunRecord> runs, string title, Func<EpochMetric, double> value) => new(title, false,
    [
        .. runs.Select((run, index) => new CurveLine(runs.Count > 1 ? $"{index + 1} {title}" : title, "", index, false, [.. run.Epochs.Where(epoch => double.IsFinite(value(epoch))).Select(epoch => ((double)epoch.Epoch, value(epoch)))]))
            .Where(line => line.Points.Count > 0),
    ]);

    static Html Numbers(RunRecord run) => Scrolled("Numbers of each epoch", Html.Of($"""
        <table><caption>Epochs</caption>
        <thead><tr><th scope="col">Epoch</th><th scope="col">Training loss</th><th scope="col">Validation loss</th><th scope="col">Accuracy</th><th scope="col">Learning rate</th><th scope="col">Samples/s</th><th scope="col">Seconds</th><th scope="col">Memory</th></tr></thead>
        <tbody>{run.Epochs.Select(epoch => Html.Of($"""
        <tr{(epoch.Epoch == run.BestEpoch?.Epoch && run.Epochs.Count > 1 ? Html.Of($" class=\"best\"") : Html.Empty)}><th scope="row">{epoch.Epoch}</th><td class="num">{Figures.Number(epoch.TrainLoss, "0.0000")}</td><td class="num">{Figures.Number(epoch.ValidationLoss, "0.0000")}</td><td class="num">{Figures.Share(epoch.Accuracy)}</td><td class="num">{Figures.Small(epoch.LearningRate)}</td><td class="num">{Figures.Number(epoch.SamplesPerSecond, "0.0")}</td><td class="num">{Figures.Number(epoch.Seconds, "0.0")}</td><td class="num">{(epoch.PeakMemory > 0 ? Figures.Bytes(epoch.PeakMemory) : "–")}</td></tr>

        """))}</tbody></table>
        """));
}

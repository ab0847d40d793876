using PSFineTune.Training;

namespace PSFineTune.Pictures;

/// <summary>Loss, accuracy and learning rate of runs over their epochs, to a picture, a page or the text of a terminal.</summary>
/// <param name="runs">At least one of them with an epoch.</param>
sealed class TrainingCurves(IReadOnlyList<RunRecord> runs) : CurveDrawing
{
    /// <summary>Those that have something to show.</summary>
    public override IReadOnlyList<CurvePanel> Panels { get; } = [.. ((CurvePanel[])
    [
        new("loss", false, [.. runs.SelectMany((run, index) => (CurveLine[])
        [
            Line(runs, index, "training", "t", dashed: true, metric => metric.TrainLoss),
            Line(runs, index, "validation", "v", dashed: false, metric => metric.ValidationLoss),
        ])]),
        new("accuracy", true, [.. runs.Select((_, index) => Line(runs, index, "accuracy", "a", false, metric => metric.Accuracy))]),
        new("learning rate", false, [.. runs.Select((_, index) => Line(runs, index, "learning rate", "r", false, metric => metric.LearningRate))]),
    ]).Select(panel => panel with { Lines = [.. panel.Lines.Where(line => line.Points.Count > 0)] }).Where(panel => panel.Lines.Count > 0)];

    /// <summary>Model and id of each run, in order.</summary>
    public override IReadOnlyList<string> Names { get; } = [.. runs.Select(run => $"{run.Plan.Model?.Name} {run.Id}".Trim())];

    protected override string Heading => "Training curves";

    protected override IReadOnlyList<CurvePanel> Shown => Panels.Count > 0 ? Panels : throw Fault.NoEpochs(Names);

    static CurveLine Line(IReadOnlyList<RunRecord> runs, int index, string name, string mark, bool dashed, Func<EpochMetric, double> value) => new(
        runs.Count == 1 ? name : $"{index + 1} {name}", runs.Count == 1 ? mark : $"{index + 1}{mark}", runs.Count > 1 ? index : dashed ? 1 : 0, dashed,
        [.. runs[index].Epochs.Where(metric => double.IsFinite(value(metric))).Select(metric => ((double)metric.Epoch, value(metric)))]);
}

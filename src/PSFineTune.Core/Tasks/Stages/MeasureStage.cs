using System.Globalization;
using PSFineTune.Data;
using PSFineTune.Metrics;
using PSFineTune.Packaging;

namespace PSFineTune.Tasks.Stages;

/// <summary>Judges the new model by itself, as it will be served, and holds it where it misses a threshold.</summary>
sealed class MeasureStage : TaskStage
{
    const int Resamples = 1000;

    public override bool IsSkipped(FineTuneTask task) => task.Measure.Skip;

    public override string Explain(FineTuneTask task)
    {
        var thresholds = Thresholds(task.Measure).Where(one => one.Limit is not null)
            .Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Name} {(one.IsLeast ? "of at least" : "of at most")} {one.Limit:0.####}")).ToList();
        return $"Judges the new model on {SplitWords(task)}" + (thresholds.Count == 0 ? "; no threshold is set." : $"; holds it (10) without {string.Join(", ", thresholds)}.");
    }

    public override IEnumerable<TaskEvent> Run(TaskState state, CancellationToken cancel)
    {
        var split = SplitOf(state);
        if (split != Split.Test) yield return new TaskWarned($"The model is judged on {split}, which training has seen the results of: give data.testFraction, or a folder of test samples.");
        state.Judged = new(state.Data!, split);
        foreach (var step in Judgement.Of(state.Challenger!, state.Judged, new EvaluationOptions { Resamples = Resamples, Seed = state.Plan!.Seed }, cancel))
        {
            state.Evaluation = step.Result ?? state.Evaluation;
            yield return new StageProgressed(new() { Activity = "Measuring", Done = step.Done, Total = step.Count });
        }
        var evaluation = state.Evaluation!;
        state.Outcome = state.Outcome with { Accuracy = evaluation.Accuracy, MacroF1 = evaluation.MacroF1 };
        yield return new StageSaid(string.Create(CultureInfo.InvariantCulture, $"accuracy {evaluation.Accuracy:0.0000}, macro-F1 {evaluation.MacroF1:0.0000} of {evaluation.Count} samples of {split}"));
        if (Thresholds(state.Task.Measure).Where(one => one.Limit is not null && !one.Holds(evaluation)).Select(one => one.Said(evaluation)).ToList() is { Count: > 0 } missed)
            if (state.Surroundings.ForceReason is not null) yield return new TaskWarned($"The new model is forced though it misses what is asked of it: {string.Join("; ", missed)}.");
            else state.End(TaskResult.Held, $"The new model misses {(missed.Count == 1 ? "a threshold" : "thresholds")}: {string.Join("; ", missed)}.", "Look at the report; train longer or on more data, or lower the threshold under measure.");
    }

    static string SplitWords(FineTuneTask task) => task.Measure.Split is { } split ? $"the samples of {split}" : "the test samples";

    static Split SplitOf(TaskState state) => state.Task.Measure.Split ?? (state.Data!.RowsOf(Split.Test).Length > 0 ? Split.Test : Split.Validation);

    static IEnumerable<Threshold> Thresholds(TaskMeasure set) =>
    [
        new("accuracy", set.MinimumAccuracy, true, evaluation => evaluation.Accuracy),
        new("macro-F1", set.MinimumMacroF1, true, evaluation => evaluation.MacroF1),
        new("recall of every class", set.MinimumRecall, true, evaluation => evaluation.PerClass.Where(one => one.Support > 0).Min(one => one.Recall)),
        new("log loss", set.MaximumLogLoss, false, evaluation => evaluation.LogLoss),
        new("calibration error", set.MaximumCalibrationError, false, evaluation => evaluation.CalibrationError),
    ];

    /// <param name="Name">Of what is measured.</param>
    /// <param name="Limit">Null for none.</param>
    /// <param name="IsLeast">Smaller values miss it; otherwise larger ones.</param>
    /// <param name="Of">The value.</param>
    sealed record Threshold(string Name, double? Limit, bool IsLeast, Func<Evaluation, double> Of)
    {
        // What is no number meets nothing.
        public bool Holds(Evaluation evaluation) => IsLeast ? Of(evaluation) >= Limit : Of(evaluation) <= Limit;

        public string Said(Evaluation evaluation) => string.Create(CultureInfo.InvariantCulture, $"{Name} is {Of(evaluation):0.0000}, {(IsLeast ? "at least" : "at most")} {Limit:0.0000} is wanted");
    }
}

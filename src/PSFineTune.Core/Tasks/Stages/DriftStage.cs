using System.Globalization;
using PSFineTune.Drift;

namespace PSFineTune.Tasks.Stages;

/// <summary>Asks whether new samples look like those that judged models so far, by what the published model makes of them.</summary>
sealed class DriftStage : TaskStage
{
    public override bool IsSkipped(FineTuneTask task) => task.Drift.Skip || task.Drift.Path is null;

    public override string Explain(FineTuneTask task) => string.Create(CultureInfo.InvariantCulture,
        $"Compares the new samples at '{task.Drift.Path}' with the data at level {task.Drift.Level}; {(task.Drift.OnDrift == GateAction.Stop ? "ends with 21 where they have drifted" : "warns where they have drifted")}.");

    public override IEnumerable<TaskProblem> Look(FineTuneTask task) =>
        Path.Exists(task.Drift.Path) ? [] : [TaskProblem.Of("drift.path", Fault.NoNewSamples(task.Drift.Path!))];

    public override IEnumerable<TaskEvent> Run(TaskState state, CancellationToken cancel)
    {
        var settings = state.Task.Drift;
        var fresh = NewSamples.At(settings.Path!, state.Task.Data, cancel);
        if (fresh.Items.Count == 0)
        {
            yield return new TaskWarned($"There are no new samples at '{settings.Path}', so nothing is compared.");
            yield return new StageSaid("no new samples");
            yield break;
        }
        var reference = DriftReference.For(state.Published() is { } champion ? state.Open(champion) : null, state.Data, null, state.Workspace, null, cancel);
        if (reference.Warning is { } doubt) yield return new TaskWarned(doubt);
        foreach (var step in new DriftMeasure(reference, TaskRules.DriftOf(settings), state.Workspace).Run(fresh, cancel))
        {
            if (step.Fault is { } broken) yield return new TaskWarned($"A new sample is left out: {broken.Message}");
            state.Drift = step.Result ?? state.Drift;
            yield return new StageProgressed(new() { Activity = "Comparing new samples", Done = step.Done, Total = step.Count });
        }
        var drift = state.Drift!;
        state.Outcome = state.Outcome with { DriftVerdict = drift.Verdict.ToString() };
        yield return new StageSaid($"{drift.Verdict}: {drift.Reason}");
        if (drift.Verdict != DriftVerdict.Drifted) yield break;
        if (settings.OnDrift == GateAction.Warn) yield return new TaskWarned($"New samples have drifted: {drift.Reason}");
        else state.End(TaskResult.Drifted, $"New samples do not look like the training data: {drift.Reason}", "Label some of the new samples, add them to the data, and start the task again; drift.onDrift = \"Warn\" trains regardless.");
    }
}

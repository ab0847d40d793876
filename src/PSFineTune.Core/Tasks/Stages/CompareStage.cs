using PSFineTune.Comparison;
using PSFineTune.Packaging;

namespace PSFineTune.Tasks.Stages;

/// <summary>The new model beside the published one, on samples that neither has learned from.</summary>
sealed class CompareStage : TaskStage
{
    public override bool IsSkipped(FineTuneTask task) => task.Compare.Skip;

    public override string Explain(FineTuneTask task) =>
        $"Compares the new model with the published one by {task.Compare.Settings.Metric} on {(task.Compare.HoldOut is { } other ? $"'{other}'" : "the samples that judge")}; holds it (10) unless it is {(task.Compare.Settings.Mode == ComparisonMode.Superiority ? "better beyond chance" : "not worse by the margin")}.";

    public override IEnumerable<TaskProblem> Look(FineTuneTask task) =>
        task.Compare.HoldOut is { } other && !Path.Exists(other) ? [TaskProblem.Of("compare.holdOut", Fault.NoFolder(other, "sample", isFile: false))] : [];

    public override IEnumerable<TaskEvent> Run(TaskState state, CancellationToken cancel)
    {
        state.Champion = state.Published();
        var judged = state.Task.Compare.HoldOut is { } other ? JudgedData.For(state.Challenger!, new DataChoice(Folder: other), state.Workspace, new ProgressQueue(), cancel)
            : state.Judged ?? new(state.Data!, ModelComparing.SplitOf(state.Data!));
        var settings = state.Task.Compare.Settings with { ForceReason = state.Surroundings.ForceReason };
        foreach (var step in ModelComparing.Of(state.Champion is { } champion ? state.Open(champion) : null, state.Challenger!, judged.Data, judged.Split, settings, state.Workspace, cancel))
        {
            state.Comparison = step.Result ?? state.Comparison;
            yield return new StageProgressed(new() { Activity = step.What, Done = step.Done, Total = step.Count });
        }
        var comparison = state.Comparison!;
        state.Outcome = state.Outcome with { Comparison = comparison };
        foreach (var warning in comparison.Warnings) yield return new TaskWarned(warning);
        yield return new StageSaid($"{comparison.Verdict}: {comparison.Reason}");
        if (comparison.Verdict != PromotionVerdict.Promote) state.End(TaskResult.Held, $"{comparison.Verdict}: {comparison.Reason}");
    }
}

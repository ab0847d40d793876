using System.Globalization;
using PSFineTune.Training;

namespace PSFineTune.Tasks.Stages;

/// <summary>Makes the plan of the run and refuses what can be told to fail.</summary>
sealed class PlanStage : TaskStage
{
    public override bool IsSkipped(FineTuneTask task) => false;

    public override string Explain(FineTuneTask task) => $"Plans {task.Plan.Model?.Name ?? "no model"}, recipe {(task.Plan.Recipe ?? task.Plan.Model?.DefaultRecipe)?.GetType().Name}"
        + (task.Plan.Epochs is { } epochs ? string.Create(CultureInfo.InvariantCulture, $", {epochs} epochs.") : ".");

    public override IEnumerable<TaskProblem> Look(FineTuneTask task) =>
        task.Plan.Weights is { } weights && PlanStart.Missing(task.Plan.Model, weights) is { } fault ? [TaskProblem.Of("plan.weights", fault)] : [];

    public override IEnumerable<TaskEvent> Run(TaskState state, CancellationToken cancel)
    {
        state.Plan = state.Task.Plan.For(state.Data!);
        foreach (var warning in PlanStart.Warnings(state.Plan)) yield return new TaskWarned(warning);
        FineTuning.Check(state.Plan, state.Data, TrainStage.OptionsOf(state));
        yield return new StageSaid($"{state.Plan.Model!.Name}, {state.Plan.Recipe}, plan {PlanHash.Of(state.Plan)[..12]}");
    }
}

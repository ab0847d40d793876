using PSFineTune.Locking;

namespace PSFineTune.Tasks.Stages;

/// <summary>One execution of the task at a time, and on a ledger that is whole.</summary>
sealed class LockStage : TaskStage
{
    // The ledger is looked at without a lock, too.
    public override bool IsSkipped(FineTuneTask task) => false;

    public override string Explain(FineTuneTask task) => task.Lock.Skip ? "Takes no lock: the task may run twice at once." : task.Lock.IfLocked == LockPolicy.Wait
        ? $"Waits up to {task.Lock.Wait:c} where the task runs already, then ends with 30."
        : "Ends with 30 where the task runs already.";

    public override IEnumerable<TaskEvent> Run(TaskState state, CancellationToken cancel)
    {
        var settings = state.Task.Lock;
        if (!settings.Skip) state.Lock = FineTuneLock.Acquire(Path.Combine(state.Folder, "task.lock"), $"the task '{state.Task.Name}'", state.Surroundings.IfLocked ?? settings.IfLocked, settings.Wait, cancel);
        if (!settings.Skip && state.Lock is null) state.End(TaskResult.Locked, $"The task '{state.Task.Name}' runs already.");
        foreach (var word in new[] { state.Lock?.Warning, state.Lock?.Note }.OfType<string>()) yield return new TaskWarned(word);
        if (state.Task.Ledger is { Skip: false, RequireWhole: true } && LedgerStage.Of(state, _ => { }) is { Exists: true } ledger && ledger.Check(cancel: cancel) is { IsWhole: false } broken)
            throw Fault.NotWhole(broken.Path, broken.Problems[0].Message);
        if (!state.IsOver && !(state.Task.Compare.Skip && state.Task.Publish.Skip)) state.SeeChampion();
    }
}

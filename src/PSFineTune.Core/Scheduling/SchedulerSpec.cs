namespace PSFineTune.Scheduling;

/// <summary>A task that a scheduler has.</summary>
/// <param name="Task">As it was registered.</param>
/// <param name="Files">That belong to it.</param>
/// <param name="Enabled">The scheduler will run it.</param>
/// <param name="Text">As it stands there.</param>
sealed record FoundTask(TaskDefinition Task, IReadOnlyList<string> Files, bool Enabled, string Text);

/// <summary>A kind of scheduler: one file in the folder Schedulers.</summary>
public abstract record SchedulerSpec
{
    /// <summary>Name in <see cref="Catalog{T}"/>.</summary>
    internal string Kind => GetType().Name;

    /// <summary>Which kind is taken where none is named: the highest; 0 for never.</summary>
    internal abstract int Preference(SchedulerMachine machine);

    /// <summary>What this kind cannot do for a task; null for nothing.</summary>
    internal virtual string? Impossible(TaskDefinition task) => null;

    /// <summary>What this kind does otherwise than asked; null for nothing.</summary>
    internal virtual string? Caveat(TaskDefinition task) => null;

    /// <summary>Files a task has once it is registered.</summary>
    internal abstract IReadOnlyList<string> Files(TaskDefinition task, SchedulerMachine machine);

    /// <summary>What is registered, to the letter.</summary>
    internal abstract string Render(TaskDefinition task, SchedulerMachine machine);

    /// <summary>The tasks of this module that this kind has, and no others.</summary>
    internal abstract IEnumerable<FoundTask> List(SchedulerMachine machine);

    /// <summary>Adds a task, or puts it in the place of the one of its name.</summary>
    /// <exception cref="FineTuneException">NoSchedulerTool, SchedulerFailed, NotOurs, CannotWrite.</exception>
    internal abstract void Install(TaskDefinition task, SchedulerMachine machine, Action<string> warn);

    /// <summary>Takes a task of <see cref="List"/> away.</summary>
    /// <exception cref="FineTuneException">As <see cref="Install"/>.</exception>
    internal abstract void Remove(FoundTask task, SchedulerMachine machine, Action<string> warn);
}

using System.Globalization;
using PSFineTune.Store;

namespace PSFineTune.Tasks.Stages;

/// <summary>Makes the new model the published one.</summary>
sealed class PublishStage : TaskStage
{
    // Without it the task still has an end to tell.
    public override bool IsSkipped(FineTuneTask task) => false;

    public override string Explain(FineTuneTask task) => task.Publish.Skip ? "Publishes nothing: ends with 10."
        : string.Create(CultureInfo.InvariantCulture, $"Publishes as '{task.Publish.Name ?? task.Name}' in {(task.Publish.Store is { } store ? $"'{store}'" : "the store of this machine")}, and keeps {task.Publish.Keep} versions.");

    public override IEnumerable<TaskProblem> Look(FineTuneTask task) =>
    [
        .. task.Publish.LabelData is { } labels && !File.Exists(labels) ? [TaskProblem.Of("publish.labelData", Fault.CannotRead(labels, new FileNotFoundException("There is no such file.")))] : Array.Empty<TaskProblem>(),
    ];

    public override IEnumerable<TaskEvent> Run(TaskState state, CancellationToken cancel)
    {
        if (state.Task.Publish.Skip)
        {
            state.End(TaskResult.Held, $"The new model meets what is asked of it, and publish.skip is set: publish it with Publish-FineTuneModel -Model '{state.Run!.Id}'.");
            yield break;
        }
        // A share that is gone leaves an empty folder, and what were published into that would be nobody's.
        if (state.Lock is { IsInPlace: false } held) throw Fault.WorkspaceGone(held.Path);
        var now = state.Published();
        if (state.Comparison is not null && now?.Hash != state.Champion?.Hash)
        {
            state.End(TaskResult.Held, $"Another model was published as '{state.ModelName}' while the new one was being compared with the one before.", "Start the task again: nothing is trained twice.");
            yield break;
        }
        List<string> words = [];
        var store = new ModelStore(state.Store.Folder) { Tell = words.Add, Cancel = cancel, Clock = state.Surroundings.Clock };
        var reason = state.Comparison?.Reason ?? "not compared";
        var published = store.Publish(state.ModelName, state.Candidate!, new() { Reason = state.Surroundings.ForceReason ?? $"task {state.Task.Name}: {reason}", Verdict = state.Comparison?.Verdict.ToString() ?? "", Keep = state.Task.Publish.Keep });
        state.Outcome = state.Outcome with { Version = published.Version, Package = published.Path };
        // Before anything is said: whoever stops the task from here on stops one that has published.
        state.End(TaskResult.Published, string.Create(CultureInfo.InvariantCulture, $"Version {published.Version} of '{published.Name}' is published. {(state.Comparison is null ? "" : reason)}").TrimEnd());
        foreach (var word in words) yield return new TaskWarned(word);
        yield return new StageSaid(string.Create(CultureInfo.InvariantCulture, $"{published.Name}, version {published.Version}"));
    }
}

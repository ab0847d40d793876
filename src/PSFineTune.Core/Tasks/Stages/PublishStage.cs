using System.Globalization;
using PSFineTune.Packaging.Signing;
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
        .. task.Publish.Certificate is { } key && Thumbprint.Find(key) is null && !File.Exists(key) ? [TaskProblem.Of("publish.certificate", Fault.CannotRead(key, new FileNotFoundException("There is no such file.")))] : Array.Empty<TaskProblem>(),
        .. task.Publish.CertificatePasswordVariable is { } variable && Environment.GetEnvironmentVariable(variable) is null ? [TaskProblem.Of("publish.certificatePasswordVariable", Fault.NoSuchVariable(variable))] : Array.Empty<TaskProblem>(),
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
        // A store that is gone is a fault, and nothing is begun in its place.
        var now = state.Published();
        if (state.Surroundings.ForceReason is null && now is not null && TakenBack(state) is { } undone)
        {
            state.End(TaskResult.Held, $"The run '{state.Run!.Id}' was published as version {undone.Previous} and taken back ({undone.Reason}); it is not published again.", "Change the data or the plan; or publish it with -Force -Reason.");
            yield break;
        }
        List<string> words = [];
        var store = new ModelStore(state.Store.Folder) { Tell = words.Add, Cancel = cancel, Clock = state.Surroundings.Clock };
        var reason = state.Comparison?.Reason ?? "not compared";
        var published = store.Publish(state.ModelName, state.Candidate!, new() { Reason = state.Surroundings.ForceReason ?? $"task {state.Task.Name}: {reason}", Verdict = state.Comparison?.Verdict.ToString() ?? "", Keep = state.Task.Publish.Keep, Expected = state.Comparison is null ? null : state.Champion?.Hash ?? "" });
        state.Outcome = state.Outcome with { Version = published.Version, Package = published.Path };
        // Before anything is said: whoever stops the task from here on stops one that has published.
        state.End(TaskResult.Published, string.Create(CultureInfo.InvariantCulture, $"Version {published.Version} of '{published.Name}' is published. {(state.Comparison is null ? "" : reason)}").TrimEnd());
        foreach (var word in words) yield return new TaskWarned(word);
        yield return new StageSaid(string.Create(CultureInfo.InvariantCulture, $"{published.Name}, version {published.Version}"));
    }

    // The undoing of a version of this very run, if nobody has published it since.
    static PublishedModel? TakenBack(TaskState state)
    {
        var history = state.Store.History(state.ModelName);
        var versions = history.Where(entry => entry.RunId == state.Run!.Id).Select(entry => entry.Version).ToHashSet();
        return history.FirstOrDefault(entry => versions.Contains(entry.Version) || (entry.Action == PublishAction.Undo && entry.Previous is { } before && versions.Contains(before))) is { Action: PublishAction.Undo, Previous: { } left } last && versions.Contains(left) ? last : null;
    }
}

using System.Diagnostics;
using System.Runtime.InteropServices;

namespace PSFineTune.Tasks;

/// <summary>One execution of a task, from its lock to its telling.</summary>
static class TaskRun
{
    /// <summary>The task of a settings file; settings that are wrong are an end as any other.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="surroundings">Who runs it.</param>
    /// <param name="cancel">Ends the stage that is at work; what tells of the task is carried out in any case.</param>
    public static IEnumerable<TaskEvent> At(string path, TaskSurroundings surroundings, CancellationToken cancel)
    {
        try
        {
            var task = TaskFile.Read(path);
            // Everything that is the task's own lies in its workspace.
            _ = TaskState.WorkspaceOf(task);
            return Of(task, surroundings, cancel);
        }
        catch (FineTuneException fault)
        {
            return [Refused(path, surroundings, TaskResult.Environment, fault.Message, fault.RecommendedAction, fault.Id)];
        }
        // Whatever the settings make of this module, the night has an outcome.
        catch (Exception wrong)
        {
            return [Refused(path, surroundings, TaskResult.Unexpected, wrong.Message, "Report this line with the settings.", wrong.GetType().Name)];
        }
    }

    static TaskDone Refused(string path, TaskSurroundings surroundings, TaskResult result, string reason, string action, string error)
    {
        var now = surroundings.Clock.GetUtcNow();
        return new(new() { Task = Path.GetFileName(path), Result = result, Reason = reason, Action = action, ErrorId = error, Started = now, Finished = now });
    }

    /// <summary>Pulled: it advances only as its events are read; the last is <see cref="TaskDone"/>. What goes wrong is in the outcome, not thrown.</summary>
    public static IEnumerable<TaskEvent> Of(FineTuneTask task, TaskSurroundings surroundings, CancellationToken cancel)
    {
        using var state = new TaskState(task, surroundings);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        // A service manager asks so: the task ends as by Ctrl+C, tells of it, and the process lives until it has.
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            // A second one ends the process at once, as it would without us.
            signal.Cancel = Stop(stop);
        });
        state.Outcome = state.Outcome with { Task = task.Name, Started = surroundings.Clock.GetUtcNow() };
        foreach (var stage in TaskStage.All)
        {
            yield return new StageBegan(stage.Name);
            var (watch, said, wrong) = (Stopwatch.StartNew(), "", (Exception?)null);
            var result = stage.IsSkipped(task) ? StageResult.Skipped : state.IsOver && !stage.Tells ? StageResult.NotReached : StageResult.Done;
            if (result == StageResult.Done)
            {
                // A task that was stopped still says so.
                var (wasOver, token) = (state.IsOver, stage.Tells ? CancellationToken.None : stop.Token);
                using var events = stage.Run(state, token).GetEnumerator();
                while (Next(events, task.AllowCode, state.IsOver ? CancellationToken.None : token, ref wrong))
                {
                    if (events.Current is StageSaid { Message: var message }) said = message;
                    if (events.Current is TaskWarned { Message: var warning }) state.Outcome = state.Outcome with { Warnings = [.. state.Outcome.Warnings, warning] };
                    yield return events.Current;
                }
                if (wrong is not null)
                {
                    (result, said) = (StageResult.Failed, wrong.Message);
                    if (stage.Tells) yield return Warned(state, $"{stage.Name}: {wrong.Message}");
                    else TaskExit.End(state, stage, wrong);
                }
                else if (!wasOver && state.IsOver && state.Outcome.Result != TaskResult.Published) result = StageResult.Ended;
            }
            var record = new StageRecord { Stage = stage.Name, Result = result, Seconds = Math.Round(watch.Elapsed.TotalSeconds, 2), Message = said };
            state.Outcome = state.Outcome with { Stages = [.. state.Outcome.Stages, record], Finished = surroundings.Clock.GetUtcNow(), Seconds = Math.Round(state.Watch.Elapsed.TotalSeconds, 1) };
            yield return new StageEnded(record);
        }
        yield return new TaskDone(state.Outcome);
    }

    // A signal may come while the task is over and gives back what it holds.
    static bool Stop(CancellationTokenSource stop)
    {
        try
        {
            if (stop.IsCancellationRequested) return false;
            stop.Cancel();
            return true;
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
    }

    static TaskWarned Warned(TaskState state, string warning)
    {
        state.Outcome = state.Outcome with { Warnings = [.. state.Outcome.Warnings, warning] };
        return new(warning);
    }

    // Whatever is thrown, the task has an end that can be told: nobody watches it.
    static bool Next(IEnumerator<TaskEvent> events, bool allowCode, CancellationToken cancel, ref Exception? wrong)
    {
        try
        {
            cancel.ThrowIfCancellationRequested();
            using var consent = CodeConsent.If(allowCode);
            return events.MoveNext();
        }
        catch (Exception thrown)
        {
            wrong = thrown;
            return false;
        }
    }
}

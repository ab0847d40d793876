using System.Management.Automation;
using PSFineTune.Tasks;
using PSFineTune.Training;

namespace PSFineTune.Cmdlets;

/// <summary>Says on PowerShell's streams how a task goes. Once the pipeline is stopped nothing can be said any more, and the task still comes to its end.</summary>
sealed class TaskNarrator(ISpeaker speaker)
{
    readonly RunNarrator _run = new(speaker);
    readonly ShownProgress _progress = new(speaker);
    bool _stopped;

    /// <summary>Pulls a task to its end.</summary>
    public TaskOutcome Follow(IEnumerable<TaskEvent> task)
    {
        foreach (var happened in task)
        {
            if (happened is TaskDone { Outcome: var outcome }) return outcome;
            Tell(happened);
        }
        throw new InvalidOperationException("A task ends with what came of it.");
    }

    void Tell(TaskEvent happened)
    {
        if (_stopped) return;
        try
        {
            Say(happened);
        }
        catch (PipelineStoppedException)
        {
            _stopped = true;
        }
    }

    void Say(TaskEvent happened)
    {
        switch (happened)
        {
            case StageBegan began:
                speaker.WriteVerbose($"{began.Stage} …");
                break;
            case StageEnded { Record: var record }:
                speaker.WriteVerbose($"{record.Stage}: {record.Result}{(record.Message.Length > 0 ? $", {record.Message}" : "")}");
                break;
            case TaskWarned warned:
                speaker.WriteWarning(warned.Message);
                break;
            case StageProgressed { Progress: var step }:
                _progress.Report(step);
                break;
            // The record of the run is told of by the outcome.
            case Trained { Happened: not RunDone and var training }:
                _run.Tell(training);
                break;
        }
    }
}

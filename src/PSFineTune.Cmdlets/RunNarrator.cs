using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using PSFineTune.Training;
using PSFineTune.Training.Frozen;

namespace PSFineTune.Cmdlets;

/// <summary>Says on PowerShell's streams how a run goes: progress, a verbose line and an information record an epoch, the record as output.</summary>
sealed class RunNarrator(ISpeaker speaker, string activity = "Fine-tuning")
{
    const int ProgressId = 8141;
    static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(500);

    readonly Stopwatch _sinceProgress = new();

    /// <summary>Pulls a run to its end.</summary>
    public void TellAll(IEnumerable<TrainEvent> run)
    {
        foreach (var happened in run) Tell(happened);
    }

    public void Tell(TrainEvent happened)
    {
        switch (happened)
        {
            case Noted { IsWarning: true } note:
                speaker.WriteWarning(note.Message);
                break;
            case Noted note:
                speaker.WriteVerbose(note.Message);
                break;
            case PassDone pass:
                speaker.WriteProgress(new(ProgressId, activity, $"{pass.What}: {pass.Done} of {pass.Count}") { PercentComplete = (int)(100L * pass.Done / pass.Count) });
                break;
            case StepDone step:
                Progress(step);
                break;
            case EpochDone { Metric: var metric }:
                speaker.WriteVerbose(string.Create(CultureInfo.InvariantCulture,
                    $"epoch {metric.Epoch}: loss {metric.TrainLoss:0.0000}, validation loss {metric.ValidationLoss:0.0000}, accuracy {metric.Accuracy:0.0000}, {metric.SamplesPerSecond:0.0} samples/s, {metric.Seconds:0.0} s"));
                speaker.WriteInformation(metric, ["Epoch"]);
                break;
            case RunDone run:
                Finish(run.Record);
                break;
        }
    }

    /// <summary>Takes the progress away and writes what came out.</summary>
    public void Finish(object result)
    {
        speaker.WriteProgress(new(ProgressId, activity, "done") { RecordType = ProgressRecordType.Completed });
        speaker.WriteObject(result);
    }

    // At most two records a second: progress has slowed whole scripts down before (PowerShell issue 2238).
    void Progress(StepDone step)
    {
        if (_sinceProgress.IsRunning && _sinceProgress.Elapsed < s_pause && step.Step < step.Steps) return;
        _sinceProgress.Restart();
        speaker.WriteProgress(new(ProgressId, activity, string.Create(CultureInfo.InvariantCulture,
            $"epoch {step.Epoch} of {step.Epochs}, loss {step.Loss:0.000}, accuracy {step.Accuracy:0.000}, {step.SamplesPerSecond:0.0} samples/s"))
        {
            PercentComplete = (int)(100L * step.Step / step.Steps),
            SecondsRemaining = (int)step.Left.TotalSeconds,
        });
    }
}

using System.Diagnostics;

namespace PSFineTune.Training;

/// <summary>What a run leaves in its folder while it goes, beside what it is resumed from: progress for whoever watches, and scalars for TensorBoard where they are asked for.</summary>
sealed class RunTrace(RunFolder folder, bool tensorBoard)
{
    static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

    TensorBoardLog? _log = tensorBoard ? new(Path.Combine(folder.Path, "tensorboard")) : null;

    long _written;

    /// <summary>Takes in what happened.</summary>
    /// <returns>What went wrong with the event file: it is given up, the run goes on. Null for nothing.</returns>
    public Noted? See(TrainEvent happened)
    {
        try
        {
            Leave(happened);
            return null;
        }
        catch (FineTuneException wrong)
        {
            _log = null;
            return new($"No more event files for TensorBoard: {wrong.Message}", IsWarning: true);
        }
    }

    void Leave(TrainEvent happened)
    {
        if (happened is StepDone step && (_written == 0 || step.Step == step.Steps || Stopwatch.GetElapsedTime(_written) >= s_pause)) Write(step);
        else if (happened is EpochDone { Metric: var metric }) _log?.Add(metric);
    }

    void Write(StepDone step)
    {
        _written = Stopwatch.GetTimestamp();
        ProgressFile.Write(folder.Path, new()
        {
            Epoch = step.Epoch,
            Epochs = step.Epochs,
            Step = step.Step,
            Steps = step.Steps,
            Loss = step.Loss,
            Accuracy = step.Accuracy,
            SamplesPerSecond = step.SamplesPerSecond,
            Left = step.Left,
            ProcessId = Environment.ProcessId,
            MachineName = Environment.MachineName,
            At = DateTimeOffset.UtcNow,
        });
    }
}

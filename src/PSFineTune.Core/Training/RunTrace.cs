using System.Diagnostics;

namespace PSFineTune.Training;

/// <summary>What a run leaves in its folder while it goes, beside what it is resumed from: progress for whoever watches, and scalars for TensorBoard where they are asked for.</summary>
sealed class RunTrace(RunFolder folder, bool tensorBoard)
{
    static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

    readonly TensorBoardLog? _log = tensorBoard ? new(Path.Combine(folder.Path, "tensorboard")) : null;

    long _written;

    public void See(TrainEvent happened)
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

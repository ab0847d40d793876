namespace PSFineTune.Training;

/// <summary>What a run of a plan will take, from a few real steps on a copy; nothing was written for it.</summary>
/// <remarks>
/// Times are those of this machine as busy as it was. Writing checkpoints is not in them, and reading photos is as without
/// a cache. Where epochs freeze different layers, the one in which most learn was measured.
/// </remarks>
public sealed record PlanEstimate
{
    /// <summary>Architecture.</summary>
    public string Model { get; init; } = "";

    /// <summary>Numbers that learn.</summary>
    public long TrainedParameters { get; init; }

    /// <summary>Numbers that stay as they are.</summary>
    public long FrozenParameters { get; init; }

    /// <summary>Training samples.</summary>
    public int Samples { get; init; }

    public int ValidationSamples { get; init; }

    public int Epochs { get; init; }

    /// <summary>Of all epochs.</summary>
    public int Steps { get; init; }

    /// <summary>Steps that were timed, those to warm up left out.</summary>
    public int TimedSteps { get; init; }

    /// <summary>Half of the timed steps took less.</summary>
    public double StepSecondsP50 { get; init; }

    /// <summary>Nine in ten of the timed steps took less.</summary>
    public double StepSecondsP90 { get; init; }

    /// <summary>Of the whole validation split, from some of its batches; part of <see cref="SecondsPerEpoch"/>.</summary>
    public double ValidationSeconds { get; init; }

    /// <summary>With steps that take <see cref="StepSecondsP50"/>, and validation.</summary>
    public double SecondsPerEpoch { get; init; }

    /// <summary>Of the run, with steps that take <see cref="StepSecondsP50"/>.</summary>
    public TimeSpan DurationLow { get; init; }

    /// <summary>Of the run, with steps that take <see cref="StepSecondsP90"/>.</summary>
    public TimeSpan DurationHigh { get; init; }

    /// <summary>
    /// Most that the process held at once while it stepped and validated, all else in it included: looked at every few
    /// milliseconds, and exact where it was more than ever before in the process, which the system then knows.
    /// </summary>
    public long PeakMemoryBytes { get; init; }

    /// <summary>Of one checkpoint.</summary>
    public long CheckpointBytes { get; init; }

    /// <summary>Of the workspace's disk; null where the system does not say.</summary>
    public long? FreeDiskBytes { get; init; }

    /// <summary>Of the tensor library.</summary>
    public int Threads { get; init; }

    /// <summary>The disk has room for the checkpoints that are kept; a run on one that has not is refused.</summary>
    public bool Fits { get; init; }
}

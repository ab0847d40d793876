namespace PSFineTune.Training;

/// <summary>What a run of a plan will take, or what is left of one that goes on, from a few real steps on a copy; nothing was written for it.</summary>
/// <remarks>
/// Times are those of this machine as busy as it was. Reading files other than photos and writing any is not in them, and
/// photos are read as without a cache. Where epochs freeze different layers, the one in which most learn was measured; where
/// images grow, steps were timed at the full size, and the others count by their pixels. Of a run that is finished nothing is
/// left and nothing was measured: times, steps and epochs are 0.
/// </remarks>
public sealed record PlanEstimate
{
    /// <summary>Architecture.</summary>
    public string Model { get; init; } = "";

    /// <summary>Id of the run that goes on, or is finished; null for a new one.</summary>
    public string? Run { get; init; }

    /// <summary>Epochs that it has behind it.</summary>
    public int EpochsDone { get; init; }

    /// <summary>Numbers that learn.</summary>
    public long TrainedParameters { get; init; }

    /// <summary>Numbers that stay as they are.</summary>
    public long FrozenParameters { get; init; }

    /// <summary>Training samples.</summary>
    public int Samples { get; init; }

    public int ValidationSamples { get; init; }

    /// <summary>That are left, one that is begun included.</summary>
    public int Epochs { get; init; }

    /// <summary>Of all epochs, that are left.</summary>
    public int Steps { get; init; }

    /// <summary>Steps that were timed, those to warm up left out.</summary>
    public int TimedSteps { get; init; }

    /// <summary>Half of the timed steps took less.</summary>
    public double StepSecondsP50 { get; init; }

    /// <summary>Nine in ten of the timed steps took less.</summary>
    public double StepSecondsP90 { get; init; }

    /// <summary>Of the whole validation split, from some of its batches; part of <see cref="SecondsPerEpoch"/>.</summary>
    public double ValidationSeconds { get; init; }

    /// <summary>
    /// Once, before the first epoch: what frozen layers make of views that are not in the workspace yet, and the linear probe,
    /// from some batches of each.
    /// </summary>
    public double PreparationSeconds { get; init; }

    /// <summary>With steps that take <see cref="StepSecondsP50"/>, and validation.</summary>
    public double SecondsPerEpoch { get; init; }

    /// <summary>Of all that is left, preparation included, with steps that take <see cref="StepSecondsP50"/>.</summary>
    public TimeSpan DurationLow { get; init; }

    /// <summary>As <see cref="DurationLow"/>, with steps that take <see cref="StepSecondsP90"/>.</summary>
    public TimeSpan DurationHigh { get; init; }

    /// <summary>
    /// Most that the process held at once while it prepared, stepped and validated, all else in it included: looked at every few
    /// milliseconds, and exact where it was more than ever before in the process, which the system then knows.
    /// </summary>
    public long PeakMemoryBytes { get; init; }

    /// <summary>Of one checkpoint.</summary>
    public long CheckpointBytes { get; init; }

    /// <summary>That outputs of frozen layers will take in the workspace, beside those that are there.</summary>
    public long CacheBytes { get; init; }

    /// <summary>Of the workspace's disk; null where the system does not say.</summary>
    public long? FreeDiskBytes { get; init; }

    /// <summary>Of the tensor library.</summary>
    public int Threads { get; init; }

    /// <summary>The disk has room for the checkpoints that are kept and for <see cref="CacheBytes"/>. A run without room for the checkpoints is refused; one whose outputs find none fails as it writes them.</summary>
    public bool Fits { get; init; }
}

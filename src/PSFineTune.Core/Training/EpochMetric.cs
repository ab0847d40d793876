namespace PSFineTune.Training;

/// <summary>How one epoch went.</summary>
public sealed record EpochMetric
{
    /// <summary>From 1.</summary>
    public int Epoch { get; init; }

    /// <summary>Mean over the epoch's training samples.</summary>
    public double TrainLoss { get; init; }

    /// <summary>Mean over the validation samples; NaN where there are none.</summary>
    public double ValidationLoss { get; init; }

    /// <summary>Share of validation samples whose most probable class is theirs, 0 to 1; NaN where there are none.</summary>
    public double Accuracy { get; init; }

    /// <summary>Training samples a second, loading included, validation not.</summary>
    public double SamplesPerSecond { get; init; }

    /// <summary>Training and validation.</summary>
    public double Seconds { get; init; }

    /// <summary>The plan's learning rate at the epoch's end, before layer factors.</summary>
    public double LearningRate { get; init; }

    /// <summary>The most memory that the process had held by the epoch's end, bytes; 0 where it was not measured.</summary>
    public long PeakMemory { get; init; }
}

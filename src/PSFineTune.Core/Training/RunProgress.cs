namespace PSFineTune.Training;

/// <summary>Where a run is within its epoch, as its folder says to whoever watches from elsewhere; at most a second old while it steps.</summary>
public sealed record RunProgress
{
    /// <summary>From 1.</summary>
    public int Epoch { get; init; }

    public int Epochs { get; init; }

    /// <summary>Optimizer steps done in all epochs.</summary>
    public int Step { get; init; }

    /// <summary>Of all epochs.</summary>
    public int Steps { get; init; }

    /// <summary>Mean over the epoch's samples so far.</summary>
    public double Loss { get; init; }

    /// <summary>Over the epoch's training samples so far, 0 to 1.</summary>
    public double Accuracy { get; init; }

    public double SamplesPerSecond { get; init; }

    /// <summary>Until the run ends, by its pace so far.</summary>
    public TimeSpan Left { get; init; }

    public int ProcessId { get; init; }

    public string MachineName { get; init; } = "";

    /// <summary>When this was written.</summary>
    public DateTimeOffset At { get; init; }
}

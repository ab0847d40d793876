namespace PSFineTune.Schedules;

/// <summary>Where in a run a step is: all that a schedule may know.</summary>
public sealed record Moment
{
    /// <summary>From 1, so that no step is wasted at zero: PyTorch's last_epoch + 1 where a schedule goes by steps.</summary>
    public int Step { get; init; } = 1;

    /// <summary>Of the whole run.</summary>
    public int Steps { get; init; } = 1;

    /// <summary>Of one epoch.</summary>
    public int StepsPerEpoch { get; init; } = 1;

    /// <summary>Of every epoch that is done, in order; NaN where there was no validation.</summary>
    public IReadOnlyList<double> ValidationLosses { get; init => field = value.ToIndexable(); } = [];

    /// <summary>Epochs that are done: PyTorch's last_epoch where a schedule goes by epochs.</summary>
    internal int Done => (Step - 1) / StepsPerEpoch;

    /// <summary>The same with the part of the epoch under way.</summary>
    internal double Progress => (double)(Step - 1) / StepsPerEpoch;
}

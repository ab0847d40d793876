namespace PSFineTune.Training;

/// <summary>One step of a learning-rate range test.</summary>
public sealed record LearningRatePoint
{
    /// <summary>Of the plan; layers have theirs in proportion.</summary>
    public double LearningRate { get; init; }

    /// <summary>Of the step's batch, before the step.</summary>
    public double Loss { get; init; }

    /// <summary>Mean of the losses so far in which each earlier one counts 0.98 times as much.</summary>
    public double Smoothed { get; init; }
}

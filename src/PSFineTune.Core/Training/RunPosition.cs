namespace PSFineTune.Training;

/// <summary>Where a run is between two steps. All else that going on needs are the weights and the optimizer's state: every random number is a function of seed, epoch, step and sample.</summary>
sealed record RunPosition
{
    /// <summary>Steps done in the whole run.</summary>
    public int Step { get; init; }

    /// <summary>Steps done in the epoch that is under way; 0 between epochs.</summary>
    public int StepInEpoch { get; init; }

    /// <summary>Of the epoch that is under way: sum of the losses of its samples so far.</summary>
    public double Loss { get; init; }

    /// <summary>As <see cref="Loss"/>: samples whose most probable class was theirs.</summary>
    public int Hits { get; init; }

    /// <summary>As <see cref="Loss"/>: samples.</summary>
    public int Seen { get; init; }

    /// <summary>Parts that a batch is computed in.</summary>
    public int Parts { get; init; } = 1;
}

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

    /// <summary>Epochs that a record of a run at this position has to the end: not the one that its time budget broke off, which was judged as it was.</summary>
    public int EpochsOf(RunRecord record) => record.Epochs.Count - (record.End == RunEnd.TimeBudget && StepInEpoch > 0 ? 1 : 0);

    /// <summary>The record with which a run goes on from here: a run whose time was over has not ended, any other end stands.</summary>
    public RunRecord Reopen(RunRecord record)
    {
        var whole = record with { Epochs = [.. record.Epochs.Take(EpochsOf(record))], End = record.End == RunEnd.TimeBudget ? null : record.End, Finished = null, ExitCode = null };
        return whole with { Accuracy = whole.BestEpoch?.Accuracy ?? double.NaN };
    }

    /// <summary>Parts that a batch is computed in.</summary>
    public int Parts { get; init; } = 1;
}

namespace PSFineTune.Training;

/// <summary>How a run is carried out, whatever its plan: nothing here changes what a step does to the weights.</summary>
sealed record RunOptions
{
    /// <summary>Go on with the newest unfinished run of the same plan, where there is one.</summary>
    public bool Resume { get; init; }

    /// <summary>The run ends after the first step beyond it, with the best weights so far; null for no bound.</summary>
    public TimeSpan? TimeBudget { get; init; }

    /// <summary>Steps from one checkpoint within an epoch to the next; 0 for by time alone.</summary>
    public int CheckpointSteps { get; init; }

    /// <summary>Time from one checkpoint within an epoch to the next.</summary>
    public TimeSpan CheckpointInterval { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Whether the run leaves event files for TensorBoard in its folder.</summary>
    public bool TensorBoard { get; init; }

    /// <summary>Whether the run, when it is over, is added to the workspace's ledger.</summary>
    public bool InLedger { get; init; } = true;

    /// <summary>The script that starts the run, for the ledger; null for none.</summary>
    public string? Script { get; init; }

    /// <exception cref="FineTuneException">BadPlanSetting.</exception>
    public void Validate()
    {
        PlanCheck.Require(TimeBudget is null || TimeBudget > TimeSpan.Zero, nameof(TimeBudget), TimeBudget, "above 0");
        PlanCheck.Require(CheckpointSteps >= 0, nameof(CheckpointSteps), CheckpointSteps, "0 (by time alone) or above");
        PlanCheck.Require(CheckpointInterval > TimeSpan.Zero, nameof(CheckpointInterval), CheckpointInterval, "above 0");
    }
}

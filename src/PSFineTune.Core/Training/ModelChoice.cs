namespace PSFineTune.Training;

/// <summary>Which weights of a run are its model.</summary>
public enum ModelChoice
{
    /// <summary>Those of the last epoch.</summary>
    Last,

    /// <summary>Those of the epoch with the highest validation accuracy; of equal ones, that with the lowest validation loss.</summary>
    Best,
}

/// <summary>Why a run was over.</summary>
public enum RunEnd
{
    /// <summary>All epochs were done.</summary>
    AllEpochs,

    /// <summary>Validation had not improved for the plan's Patience.</summary>
    EarlyStop,

    /// <summary>The time that was given had passed.</summary>
    TimeBudget,
}

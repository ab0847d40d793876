namespace PSFineTune.Training;

/// <summary>How much a finding matters.</summary>
public enum FindingSeverity
{
    /// <summary>Worth knowing; nothing is wrong.</summary>
    Information,

    /// <summary>The run is whole, but cannot be repeated as it was.</summary>
    Warning,

    /// <summary>Part of the run is damaged or missing.</summary>
    Error,
}

/// <summary>What a check has found, and what to do.</summary>
public sealed record RunFinding
{
    /// <summary>What was checked: Record, Unfinished, Checkpoint, Weights, Plan, Data or SourceWeights.</summary>
    public string Rule { get; init; } = "";

    public FindingSeverity Severity { get; init; }

    public string Message { get; init; } = "";

    /// <summary>What to do; empty where nothing is to be done.</summary>
    public string Action { get; init; } = "";
}

/// <summary>Whether a run on the disk is what it was when it was written.</summary>
public sealed record RunCheck
{
    /// <summary>Id of the run.</summary>
    public string Run { get; init; } = "";

    /// <summary>The run's folder.</summary>
    public string Path { get; init; } = "";

    /// <summary>Record, checkpoints, weights, data and the weights it started from are as they were: no finding is more than information.</summary>
    public bool Intact { get; init; }

    public IReadOnlyList<RunFinding> Findings { get; init => field = value.ToIndexable(); } = [];
}

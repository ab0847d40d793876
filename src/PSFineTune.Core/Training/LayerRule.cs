namespace PSFineTune.Training;

/// <summary>How some layers learn. Rules are ordered; for each parameter the last rule that matches wins.</summary>
public sealed record LayerRule
{
    /// <summary>Layer group or parameter name, with PowerShell's wildcards * ? [a-z].</summary>
    public string Pattern { get; init; } = "*";

    /// <summary>Multiplies the plan's learning rate; above 0. Null where <see cref="LearningRate"/> or <see cref="Frozen"/> decides.</summary>
    public double? Factor { get; init; }

    /// <summary>An absolute learning rate, above 0.</summary>
    public double? LearningRate { get; init; }

    /// <summary>No gradient, not given to the optimizer; its batch norm stays in evaluation mode.</summary>
    public bool Frozen { get; init; }

    /// <summary>With <see cref="Frozen"/>: batch norm still updates its running statistics.</summary>
    public bool TrainBatchNorm { get; init; }

    /// <summary>First epoch of the rule, from 1.</summary>
    public int FromEpoch { get; init; } = 1;

    /// <summary>Last epoch of the rule; null for the last of the run.</summary>
    public int? ToEpoch { get; init; }
}

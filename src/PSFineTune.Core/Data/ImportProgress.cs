namespace PSFineTune.Data;

/// <summary>How far an import is.</summary>
public sealed record ImportProgress
{
    /// <summary>What is done to each file.</summary>
    public string Activity { get; init; } = "";

    /// <summary>Files done.</summary>
    public int Done { get; init; }

    /// <summary>Files in all.</summary>
    public int Total { get; init; }

    /// <summary>Time left at the pace so far; null before there is one.</summary>
    public TimeSpan? Left { get; init; }
}

namespace PSFineTune.Data;

/// <summary>How far an import is.</summary>
public sealed record ImportProgress
{
    /// <summary>What is done.</summary>
    public string Activity { get; init; } = "";

    /// <summary>Files done, or what Unit says.</summary>
    public int Done { get; init; }

    /// <summary>Files in all, or what Unit says.</summary>
    public int Total { get; init; }

    /// <summary>What is counted, such as MiB; empty for files.</summary>
    public string Unit { get; init; } = "";

    /// <summary>Time left at the pace so far; null before there is one.</summary>
    public TimeSpan? Left { get; init; }
}

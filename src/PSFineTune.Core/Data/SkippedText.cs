namespace PSFineTune.Data;

/// <summary>A row or a file that was found and is in no split.</summary>
public sealed record SkippedText
{
    /// <summary>Full path of its file.</summary>
    public string Path { get; init; } = "";

    /// <summary>Where it begins in the file, from 1.</summary>
    public int Line { get; init; } = 1;

    /// <summary>Why it was left out, one sentence.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Whether it cannot be read; false where a file merely lies in no class folder.</summary>
    public bool Bad { get; init; }
}

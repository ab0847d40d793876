namespace PSFineTune.Data;

/// <summary>An image file that was found and is in no split.</summary>
public sealed record SkippedImage
{
    /// <summary>Full path.</summary>
    public string Path { get; init; } = "";

    /// <summary>Why it was left out, one sentence.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Whether the file cannot be read or decoded; false where it merely lies in no class folder.</summary>
    public bool Bad { get; init; }
}

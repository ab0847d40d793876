namespace PSFineTune.Data;

/// <summary>A file of rows that a text dataset was read from.</summary>
public sealed record TextFileReference
{
    /// <summary>Full path.</summary>
    public string Path { get; init; } = "";

    /// <summary>The encoding it was read in, such as utf-8.</summary>
    public string Encoding { get; init; } = "";

    /// <summary>SHA-256, lower-case hexadecimal.</summary>
    public string Hash { get; init; } = "";

    /// <summary>What all its rows are for; null where that was drawn or told by a column.</summary>
    public Split? Split { get; init; }
}

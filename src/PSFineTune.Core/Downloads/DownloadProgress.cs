namespace PSFineTune.Downloads;

/// <summary>How far a download is.</summary>
sealed record DownloadProgress
{
    /// <summary>Name of the file.</summary>
    public string File { get; init; } = "";

    /// <summary>What is being done, such as Downloading.</summary>
    public string Activity { get; init; } = "";

    public long Done { get; init; }

    /// <summary>Null where the server does not say.</summary>
    public long? Total { get; init; }

    /// <summary>At the pace so far; null before there is one.</summary>
    public TimeSpan? Left { get; init; }
}

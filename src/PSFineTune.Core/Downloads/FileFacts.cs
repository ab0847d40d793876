namespace PSFineTune.Downloads;

/// <summary>What is known of a file before it is fetched.</summary>
sealed record FileFacts
{
    /// <summary>Nothing: whatever comes is taken.</summary>
    public static FileFacts None { get; } = new();

    /// <summary>Size; null where nobody says.</summary>
    public long? Bytes { get; init; }

    /// <summary>SHA-256 as hexadecimal digits: all 64, or as many of the first as the publisher gives; null where nobody says.</summary>
    public string? Sha256 { get; init => field = string.IsNullOrEmpty(value) ? null : value.ToLowerInvariant(); }

    /// <summary>Whether a file of this hash is the one; true where nothing is known.</summary>
    public bool Allows(string sha256) => Sha256 is not { } wanted || sha256.StartsWith(wanted, StringComparison.Ordinal);
}

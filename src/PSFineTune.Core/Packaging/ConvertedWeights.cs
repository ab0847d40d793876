namespace PSFineTune.Packaging;

/// <summary>A weights file that was written in the safetensors form.</summary>
public sealed record ConvertedWeights
{
    /// <summary>The file written, full path.</summary>
    public string Path { get; init; } = "";

    /// <summary>The file read, or the index of several, full path.</summary>
    public string Source { get; init; } = "";

    public int Tensors { get; init; }

    /// <summary>Numbers in all tensors.</summary>
    public long Values { get; init; }

    /// <summary>Of the file written.</summary>
    public long Bytes { get; init; }

    /// <summary>Of the file written, lower-case hexadecimal.</summary>
    public string Sha256 { get; init; } = "";

    /// <summary>Of the file read, lower-case hexadecimal; of weights in shards, of the hashes of the index and all shards.</summary>
    public string SourceSha256 { get; init; } = "";
}

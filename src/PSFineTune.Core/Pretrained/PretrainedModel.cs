namespace PSFineTune.Pretrained;

/// <summary>Published weights that are on this machine.</summary>
public sealed record PretrainedModel
{
    /// <summary>What they are called in the catalogue, or after their repository.</summary>
    public string Name { get; init; } = "";

    /// <summary>The network they are of; empty where nobody says.</summary>
    public string Architecture { get; init; } = "";

    /// <summary>The weights file, full path, for -Weights.</summary>
    public string Path { get; init; } = "";

    /// <summary>Of the file at <see cref="Path"/>, lower-case hexadecimal.</summary>
    public string Sha256 { get; init; } = "";

    /// <summary>Of the file as its publisher has it, lower-case hexadecimal; the same where it was not converted.</summary>
    public string SourceSha256 { get; init; } = "";

    /// <summary>Size of the file at <see cref="Path"/>.</summary>
    public long Bytes { get; init; }

    /// <summary>As SPDX writes it; empty where it is not known.</summary>
    public string Licence { get; init; } = "";

    /// <summary>Where the file came from, without what may be secret.</summary>
    public string Source { get; init; } = "";

    /// <summary>Nothing had to be fetched.</summary>
    public bool FromCache { get; init; }
}

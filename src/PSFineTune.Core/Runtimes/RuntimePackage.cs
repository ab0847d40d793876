namespace PSFineTune.Runtimes;

/// <summary>Who says that a package's hash is the right one.</summary>
public enum RuntimePin
{
    /// <summary>Nobody: what the source gave was taken.</summary>
    None,

    /// <summary>This version of the module.</summary>
    Module,

    /// <summary>Whoever ran the command.</summary>
    Given,
}

/// <summary>A NuGet package that holds native libraries.</summary>
public sealed record RuntimePackage
{
    public string Id { get; init; } = "";

    public string Version { get; init; } = "";

    /// <summary>Of the .nupkg file, lower-case hexadecimal; null where it is not known.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Size of the .nupkg file; null where it is not known.</summary>
    public long? Bytes { get; init; }

    public RuntimePin Pin { get; init; }

    /// <summary>Where it came from, without what may be secret; null where it was not fetched yet.</summary>
    public string? Source { get; init; }

    /// <summary>As NuGet names the file, in lower case.</summary>
    internal string FileName => $"{Id}.{Version}.nupkg".ToLowerInvariant();
}

/// <summary>A native library as it was installed.</summary>
public sealed record RuntimeFile
{
    public string Name { get; init; } = "";

    public long Bytes { get; init; }

    /// <summary>Lower-case hexadecimal.</summary>
    public string Sha256 { get; init; } = "";
}

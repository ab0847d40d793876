namespace PSFineTune.Runtimes;

/// <summary>The tensor library of one platform, as it was installed or downloaded.</summary>
public sealed record FineTuneRuntime
{
    /// <summary>Folder of the libraries, or of the packages where they were only downloaded; full path.</summary>
    public string Path { get; init; } = "";

    /// <summary>Platform, such as linux-x64.</summary>
    public string Runtime { get; init; } = "";

    /// <summary>What computes: cpu or cuda.</summary>
    public string Accelerator { get; init; } = "";

    /// <summary>Of TorchSharp; each version of the module asks for one.</summary>
    public string Version { get; init; } = "";

    /// <summary>Bytes on the disk.</summary>
    public long Bytes { get; init; }

    /// <summary>It was there already and nothing was fetched.</summary>
    public bool WasThere { get; init; }

    public IReadOnlyList<RuntimePackage> Packages { get; init => field = value.ToIndexable(); } = [];

    /// <summary>The libraries; empty where the packages were only downloaded.</summary>
    public IReadOnlyList<RuntimeFile> Files { get; init => field = value.ToIndexable(); } = [];
}

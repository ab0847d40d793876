namespace PSFineTune.Runtimes;

/// <summary>A byte of a library that is changed after it was unpacked, by the hashes before and after.</summary>
sealed record RuntimeRepair
{
    public string File { get; init; } = "";

    public string Before { get; init; } = "";

    public string After { get; init; } = "";
}

/// <summary>What one platform and accelerator need.</summary>
sealed record RuntimeEntry
{
    public string Runtime { get; init; } = "";

    public string Accelerator { get; init; } = "";

    public string Version { get; init; } = "";

    /// <summary>Size of the libraries; 0 where it is not known.</summary>
    public long Bytes { get; init; }

    public IReadOnlyList<RuntimePackage> Packages { get; init; } = [];

    public IReadOnlyList<RuntimeRepair> Repairs { get; init; } = [];

    /// <summary>Name of the folder; two versions of the module that ask for the same libraries share it.</summary>
    public string Folder => $"{Version}-{Runtime}-{Accelerator}";
}

/// <summary>
/// The packages and pinned hashes of this version of the module: module/runtime.json, which is part of the assembly, so
/// that whoever signs the one vouches for the other.
/// </summary>
sealed record RuntimeList
{
    static readonly Lazy<RuntimeList> s_own = new(() =>
    {
        using var reader = new StreamReader(typeof(RuntimeList).Assembly.GetManifestResourceStream("runtime.json")!);
        return PlanJson.Read<RuntimeList>(reader.ReadToEnd());
    });

    public static RuntimeList Own => s_own.Value;

    public IReadOnlyList<RuntimeEntry> Runtimes { get; init; } = [];

    /// <exception cref="FineTuneException">NoSuchRuntime.</exception>
    public RuntimeEntry Of(string runtime, string accelerator) =>
        Runtimes.FirstOrDefault(entry => entry.Runtime == runtime && entry.Accelerator == accelerator)
            ?? throw Fault.NoSuchRuntime(runtime, accelerator, Runtimes.Select(entry => $"{entry.Accelerator} on {entry.Runtime}"));
}

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

    /// <summary>A file that the driver of the accelerator brings, %VARIABLES% in it; null for what needs none.</summary>
    public string? Driver { get; init; }

    public IReadOnlyList<RuntimePackage> Packages { get; init; } = [];

    public IReadOnlyList<RuntimeRepair> Repairs { get; init; } = [];

    /// <summary>Name of the folder; two versions of the module that ask for the same libraries share it.</summary>
    public string Folder => $"{Version}-{Runtime}-{Accelerator}";

    /// <summary>The hashes of all packages are known. What is not pinned is never installed without being asked for.</summary>
    public bool IsPinned => Packages.All(package => package.Sha256 is not null);

    /// <summary>This machine has a driver of the accelerator.</summary>
    public bool HasDriver => Driver is { } file && File.Exists(Environment.ExpandEnvironmentVariables(file));

    /// <summary>What installs it.</summary>
    /// <param name="root">Folder to install it under; null for where it goes by itself.</param>
    /// <param name="again">Though it is there.</param>
    public string Command(string? root = null, bool again = false) =>
        $"Install-FineTuneRuntime -Accelerator {Accelerator}{(Runtime == RuntimeFolders.ThisMachine ? "" : $" -Runtime {Runtime}")}{RuntimeFolders.Parameter(root)}{(IsPinned ? "" : " -AllowUnpinned")}{(again ? " -Force" : "")}";

    /// <summary>What the command risks, a clause after it; empty for nothing.</summary>
    public string Risk => IsPinned ? "" : ", which runs native code of the package source that nobody vouches for (-Hash in place of -AllowUnpinned pins it)";
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

    /// <summary>What every machine has.</summary>
    public const string Processor = "cpu";

    public IReadOnlyList<RuntimeEntry> Runtimes { get; init; } = [];

    /// <summary>What there are libraries for, each once.</summary>
    public IEnumerable<string> Accelerators => Runtimes.Select(entry => entry.Accelerator).Distinct();

    /// <summary>As NuGet calls them, each once.</summary>
    public IEnumerable<string> Platforms => Runtimes.Select(entry => entry.Runtime).Distinct();

    /// <summary>What is installed where nobody says for which accelerator, why, and what is to be said of it; null for nothing.</summary>
    /// <param name="runtime">The platform.</param>
    /// <param name="isHere">It is this machine's, of which it can be told what it has.</param>
    /// <param name="hasDriver">Whether this machine has the driver of one.</param>
    /// <exception cref="FineTuneException">NoSuchRuntime.</exception>
    public (RuntimeEntry Entry, string Reason, string? Warning) Default(string runtime, bool isHere, Func<RuntimeEntry, bool> hasDriver)
    {
        var plain = Of(runtime, Processor);
        if (!isHere) return (plain, $"what a machine of {plain.Runtime} has is not known here", null);
        List<RuntimeEntry> fit = [.. Runtimes.Where(entry => entry.Runtime == plain.Runtime && entry.Accelerator != Processor && hasDriver(entry)).OrderByDescending(entry => entry.IsPinned)];
        return fit is not [var first, ..] ? (plain, "there is no driver of an accelerator", null)
            : first.IsPinned ? (first, $"there is a driver for {first.Accelerator}", null)
            : (plain, $"there is a driver for {first.Accelerator}, but no hash of some of its packages is known",
                $"This machine has a driver for {first.Accelerator}, of whose library this version of the module cannot vouch for the packages; the one for {Processor} is taken. For {first.Accelerator} run: {first.Command()}{first.Risk}.");
    }

    /// <summary>The command that installs again what is in a folder; without an accelerator where its name says nothing.</summary>
    public string RepairOf(string folder) => Runtimes.FirstOrDefault(entry => entry.Folder == Path.GetFileName(folder))?.Command(Path.GetDirectoryName(Path.GetFullPath(folder)), again: true) ?? "Install-FineTuneRuntime -Force";

    /// <summary>The command that brings CUDA to this machine, and what it risks.</summary>
    /// <param name="again">Though it is there.</param>
    public string CudaCommand(bool again = false) => Runtimes.FirstOrDefault(entry => entry.Runtime == RuntimeFolders.ThisMachine && entry.Accelerator == "cuda") is { } cuda ? $"{cuda.Command(again: again)}{cuda.Risk}"
        : $"Install-FineTuneRuntime -Accelerator cuda{(again ? " -Force" : "")} on a machine that there is a library for";

    /// <exception cref="FineTuneException">NoSuchRuntime.</exception>
    public RuntimeEntry Of(string runtime, string accelerator) =>
        Runtimes.FirstOrDefault(entry => entry.Runtime.Equals(runtime, StringComparison.OrdinalIgnoreCase) && entry.Accelerator.Equals(accelerator, StringComparison.OrdinalIgnoreCase))
            ?? throw Fault.NoSuchRuntime(runtime, accelerator, Runtimes.Select(entry => $"{entry.Accelerator} on {entry.Runtime}"));
}

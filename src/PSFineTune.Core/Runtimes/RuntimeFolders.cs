using System.Runtime.InteropServices;

namespace PSFineTune.Runtimes;

/// <summary>Where the tensor library may be: in the module's own folder, or where Install-FineTuneRuntime has put it.</summary>
static class RuntimeFolders
{
    /// <summary>Environment variable that names a folder of installed runtimes, asked before the others.</summary>
    public const string Variable = "PSFINETUNE_RUNTIME";

    /// <summary>The record in an installed folder; what has none is not whole.</summary>
    public const string RecordName = "runtime.json";

    /// <summary>This platform, as NuGet calls it.</summary>
    public static string ThisMachine { get; } =
        (OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux") + "-" + RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();

    /// <summary>An NVIDIA driver is installed, by the library that every one of them brings.</summary>
    public static bool HasNvidiaDriver => OperatingSystem.IsWindows() ? File.Exists(Path.Combine(Environment.SystemDirectory, "nvcuda.dll")) : File.Exists("/proc/driver/nvidia/version");

    /// <summary>What this machine computes on by itself, and why: cuda where there is a driver and a build for the platform.</summary>
    public static (string Accelerator, string Reason) DefaultAccelerator(string runtime) =>
        runtime != ThisMachine ? ("cpu", $"what a machine of {runtime} has is not known here")
            : !HasNvidiaDriver ? ("cpu", "there is no NVIDIA driver")
            : RuntimeList.Own.Runtimes.Any(entry => entry.Runtime == runtime && entry.Accelerator == "cuda") ? ("cuda", "there is an NVIDIA driver") : ("cpu", $"there is no library for CUDA on {runtime}");

    /// <summary>For this account alone.</summary>
    /// <exception cref="FineTuneException">NoWorkspace, for an account without a home folder.</exception>
    public static string OfUser => Workspace.Own is { } data ? Path.Combine(data, "runtimes") : throw Fault.NoRuntimeHome();

    /// <summary>For all accounts, where only administrators write: a library that others could lay there would run as whoever imports the module.</summary>
    public static string OfAllUsers => Path.Combine(OperatingSystem.IsWindows() ? Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles) : "/usr/local/share", "PSFineTune", "runtimes");

    /// <summary>Where to install: the folder given, else of all accounts or of this one.</summary>
    /// <exception cref="FineTuneException">NoWorkspace.</exception>
    public static string Root(string? given, bool ofAllUsers) => given ?? (ofAllUsers ? OfAllUsers : OfUser);

    /// <summary>What has to be done that a runtime under a folder is found; null for nothing.</summary>
    public static string? Note(string root) => Roots.Any(known => Path.GetFullPath(root).TrimEnd(Path.DirectorySeparatorChar) == known.TrimEnd(Path.DirectorySeparatorChar)) ? null
        : $"'{root}' is looked into only where the environment variable {Variable} names it.";

    /// <summary>The folders that are looked through, in this order.</summary>
    public static IEnumerable<string> Roots =>
    [
        .. Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named ? [Path.GetFullPath(named)] : Array.Empty<string>(),
        .. Workspace.Own is { } data ? [Path.Combine(data, "runtimes")] : Array.Empty<string>(),
        OfAllUsers,
    ];

    /// <summary>The installed folder of this platform and this version of the module; null for none. One with CUDA comes first: whoever has it has asked for it.</summary>
    public static string? Installed =>
        Roots.SelectMany(root => new[] { "cuda", "cpu" }.Where(accelerator => RuntimeList.Own.Runtimes.Any(entry => entry.Runtime == ThisMachine && entry.Accelerator == accelerator))
                                                          .Select(accelerator => Path.Combine(root, RuntimeList.Own.Of(ThisMachine, accelerator).Folder)))
             .FirstOrDefault(folder => File.Exists(Path.Combine(folder, RecordName)));

    /// <summary>The module's own native libraries for this platform; null where it has none in a folder of their own.</summary>
    public static string? Beside => Path.Combine(Path.GetDirectoryName(typeof(TorchSharp.torch).Assembly.Location)!, ThisMachine) is var folder && Directory.Exists(folder) ? folder : null;

    /// <summary>Where the bridge to libtorch will be loaded from; null where it is nowhere.</summary>
    public static string? Bridge
    {
        get
        {
            var beside = Path.GetDirectoryName(typeof(TorchSharp.torch).Assembly.Location)!;
            var name = OperatingSystem.IsWindows() ? "LibTorchSharp.dll" : OperatingSystem.IsMacOS() ? "libLibTorchSharp.dylib" : "libLibTorchSharp.so";
            return new[] { Path.Combine(beside, ThisMachine), beside, Path.Combine(beside, "runtimes", ThisMachine, "native"), Installed }
                .Select(folder => folder is null ? null : Path.Combine(folder, name)).FirstOrDefault(File.Exists);
        }
    }
}

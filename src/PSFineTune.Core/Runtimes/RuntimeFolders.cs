using System.Runtime.InteropServices;

namespace PSFineTune.Runtimes;

/// <summary>Where the tensor library may be: in the module's own folder, or where Install-FineTuneRuntime has put it.</summary>
static class RuntimeFolders
{
    /// <summary>Environment variable that names a folder of runtimes, which takes the place of the account's own for installing and comes first in looking.</summary>
    public const string Variable = "PSFINETUNE_RUNTIME";

    /// <summary>The record in an installed folder; what has none is not whole.</summary>
    public const string RecordName = "runtime.json";

    /// <summary>This platform, as NuGet calls it.</summary>
    public static string ThisMachine { get; } =
        (OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux") + "-" + RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();

    /// <summary>An NVIDIA driver is installed, by a file that every one of them brings.</summary>
    public static bool HasNvidiaDriver => RuntimeList.Own.Runtimes.Any(entry => entry.Runtime == ThisMachine && entry.Accelerator == "cuda" && entry.HasDriver);

    /// <summary>For this account alone; null for one without a home folder.</summary>
    static string? Own => Workspace.Own is { } data ? Path.Combine(data, "runtimes") : null;

    static string? Usual => Workspace.NamedBy(Variable) ?? Own;

    /// <summary>For all accounts, where only administrators write: a library that others could lay there would run as whoever imports the module.</summary>
    public static string OfAllUsers => Path.Combine(OperatingSystem.IsWindows() ? Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles) : "/usr/local/share", "PSFineTune", "runtimes");

    /// <summary>Where to install: the folder given, else that of all accounts, or the one that the environment names, or this account's.</summary>
    /// <exception cref="FineTuneException">NoWorkspace.</exception>
    public static string Root(string? given, bool ofAllUsers) => given ?? (ofAllUsers ? OfAllUsers : Usual ?? throw Fault.NoRuntimeHome());

    /// <summary>The parameter by which Install-FineTuneRuntime installs under a folder, with a blank before; empty where it does so by itself.</summary>
    public static string Parameter(string? root) => root is null || (Usual is { } usual && FilePlace.AreOne(root, usual)) ? ""
        : FilePlace.AreOne(root, OfAllUsers) ? " -Scope AllUsers" : $" -Destination '{root.Replace("'", "''")}'";

    /// <summary>What has to be done that a runtime under a folder is found; null for nothing.</summary>
    public static string? Note(string root) => Roots.Any(known => FilePlace.AreOne(root, known)) ? null
        : $"'{root}' is looked into only where the environment variable {Variable} names it.";

    /// <summary>The folders that are looked through, in this order.</summary>
    public static IEnumerable<string> Roots => new[] { Workspace.NamedBy(Variable), Own, OfAllUsers }.OfType<string>();

    /// <summary>The installed folder of this platform and this version of the module; null for none. One with a GPU's library comes first: whoever has it has asked for it.</summary>
    public static string? Installed =>
        Roots.SelectMany(root => RuntimeList.Own.Runtimes.Where(entry => entry.Runtime == ThisMachine).OrderBy(entry => entry.Accelerator == RuntimeList.Processor).Select(entry => Path.Combine(root, entry.Folder)))
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

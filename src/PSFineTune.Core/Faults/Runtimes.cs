namespace PSFineTune;

static partial class Fault
{
    public static FineTuneException NoRuntime(string runtime, IEnumerable<string> looked, Exception? inner = null) => new("NoRuntime", FaultKind.Unavailable,
        $"The tensor library (libtorch) for {runtime} is not installed: it is neither in the module's folder nor in {string.Join(", ", looked.Select(folder => $"'{folder}'"))}.",
        "Run Install-FineTuneRuntime, which fetches it from the NuGet sources of this machine; for a machine without a network, Install-FineTuneRuntime -DownloadOnly on another and -Source here.", runtime, inner);

    public static FineTuneException NoSuchRuntime(string runtime, string accelerator, IEnumerable<string> known) => new("NoSuchRuntime", FaultKind.NotSupported,
        $"There is no tensor library for {accelerator} on {runtime}. There is: {string.Join(", ", known)}.", "Choose one of these with -Runtime and -Accelerator.", runtime);

    public static FineTuneException NoRuntimeHome() => new("NoWorkspace", FaultKind.NotFound,
        "This account has no folder for application data, so there is no place of its own to install to.", "Set the environment variable PSFINETUNE_RUNTIME to a folder, for this command and for those that compute; or use -Scope AllUsers as administrator.");

    public static FineTuneException UnpinnedPackage(string runtime, string accelerator, IReadOnlyList<string> packages) => new("UnpinnedPackage", FaultKind.Security,
        $"This version of the module vouches for no hash of {packages.Count} packages of {accelerator} on {runtime}: {string.Join(", ", packages.Take(3))}{(packages.Count > 3 ? ", …" : "")}. Whatever the source gives would run on this machine.",
        "Give their SHA-256 with -Hash, or -AllowUnpinned where you trust the source; or use -Accelerator cpu.", packages);

    public static FineTuneException BadHash(string id, string hash) => new("BadHash", FaultKind.InvalidArgument,
        $"'{hash}' is no SHA-256 of package '{id}': that has 64 hexadecimal digits.", "Give what Get-FileHash says of the .nupkg file.", id);

    public static FineTuneException WrongPackage(string path, string wanted, string got) => new("WrongPackage", FaultKind.Security,
        $"'{path}' is not the package that is known: its SHA-256 is {got}, and has to be {wanted}. Nothing was unpacked.",
        "Copy the file again. Where it stays so it was changed at its source; if that is meant, as where a company signs packages anew, give its hash with -Hash.", path);

    public static FineTuneException PackageNotFound(string id, string version, IEnumerable<string> sources) => new("PackageNotFound", FaultKind.NotFound,
        $"None of the package sources has {id} {version}: {string.Join(", ", sources.Select(source => $"'{source}'"))}.",
        "Add a source that has it with 'dotnet nuget add source', or give -Source: the index.json of a feed, or a folder that Install-FineTuneRuntime -DownloadOnly has made.", id);

    public static FineTuneException NoPackageSource(IEnumerable<string> files) => new("NoPackageSource", FaultKind.NotFound,
        $"No source of packages that can be asked is configured for NuGet on this machine ({(files.Any() ? string.Join(", ", files.Select(file => $"'{file}'")) : "there is no NuGet.Config")}).",
        "Give -Source: the index.json of a feed, or a folder that Install-FineTuneRuntime -DownloadOnly has made; or add one with 'dotnet nuget add source'.");

    public static FineTuneException NoSourceFolder(string folder) => new("NoSourceFolder", FaultKind.NotFound,
        $"There is no folder of packages '{folder}'.", "Check the path; -Source takes a folder of .nupkg files or the https address of a feed's index.json.", folder);

    public static FineTuneException BadNuGetConfig(string path, Exception why) => new("BadNuGetConfig", FaultKind.InvalidData,
        $"NuGet's settings '{path}' cannot be read: {why.Message}", "Correct the file ('dotnet nuget list source' shows what NuGet makes of it), or give -Source.", path, why);

    public static FineTuneException NotAFeed(string index, Exception? why) => new("NotAFeed", FaultKind.InvalidData,
        $"'{index}' is no feed of NuGet's version 3: {why?.Message ?? "it names no address on the web where packages are (PackageBaseAddress)"}",
        "Give the address of a feed's index.json, as 'dotnet nuget list source' shows it.", index, why);

    public static FineTuneException DamagedNuGetPackage(string name, string why) => new("DamagedNuGetPackage", FaultKind.InvalidData,
        $"The packages cannot be unpacked, at '{name}': {why}. Nothing was installed.", "Give another -Source; where that does not help, report this line.", name);

    public static FineTuneException RepairFailed(string file, string why) => new("RepairFailed", FaultKind.InvalidData,
        $"'{file}' could not be made to load with the C++ runtime of this system: {why} Nothing was installed.", "Report this line; a system with GCC 13's libstdc++ or newer does not need it.", file);

    public static FineTuneException MismatchedLibraries(string library, IReadOnlyList<string> missing) => new("MismatchedLibraries", FaultKind.Mismatch,
        $"'{library}' does not belong to the libtorch beside it: {missing.Count} of the symbols that it needs are not there, such as {string.Join(", ", missing.Take(3))}. Nothing was installed.",
        "Give a -Source that has the versions this module names; do not mix packages of different versions.", library);

    public static FineTuneException RuntimeDamaged(string folder, string file) => new("RuntimeDamaged", FaultKind.InvalidData,
        $"What is installed in '{folder}' is damaged: '{file}' is missing or not as it was installed.", $"Run {Runtimes.RuntimeList.Own.RepairOf(folder)}, which installs it again.", folder);

    public static FineTuneException RuntimeInUse(string folder, Exception why) => new("RuntimeInUse", FaultKind.Busy,
        $"'{folder}' cannot be replaced: {why.Message} What was there is unchanged.", "End the PowerShell processes that use it, and run the command again in a new one.", folder, why);

    public static FineTuneException RuntimeSetAside(string folder, string former, Exception why) => new("RuntimeSetAside", FaultKind.Busy,
        $"'{folder}' could not be replaced: {why.Message} What was there is whole, but could not be put back from '{former}'.",
        "End the PowerShell processes that use it, and run Install-FineTuneRuntime again, which puts it back first.", folder, why);

    public static FineTuneException NotARuntime(string folder) => new("NotARuntime", FaultKind.InvalidArgument,
        $"'{folder}' is not what Install-FineTuneRuntime has installed: no runtime.json in it says so. Nothing was removed.",
        "Give the folder that Install-FineTuneRuntime -PassThru or Test-FineTuneEnvironment names.", folder);

    public static FineTuneException NoSuchInstalledRuntime(string wanted, string root) => new("NoSuchInstalledRuntime", FaultKind.NotFound,
        $"No tensor library {wanted} is installed in '{root}'.",
        "Test-FineTuneEnvironment says where the one is that this session uses: give that folder with -Path, or -Destination or -Scope as they were given to Install-FineTuneRuntime.", wanted);
}

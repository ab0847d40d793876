namespace PSFineTune;

static partial class Fault
{
    public static FineTuneException LittleMemory(string found) => new("LittleMemory", FaultKind.LimitExceeded,
        $"There is {found}; training needs 2 GiB at the least.", "Give the machine or the container more memory; texts and LinearSvm train in less.");

    public static FineTuneException OldSystemLibrary(string found, string needed) => new("OldSystemLibrary", FaultKind.Unavailable,
        $"{char.ToUpperInvariant(found[0])}{found[1..]}, and {needed}.", "Use a newer system or container image with glibc: Debian 12, Ubuntu 22.04, RHEL 9 (with a newer libstdc++) or later; Alpine has none.", found);

    public static FineTuneException NoVisualCRuntime(IReadOnlyList<string> missing) => new("NoVisualCRuntime", FaultKind.Unavailable,
        $"The Visual C++ runtime is missing: {string.Join(", ", missing)}.", "Install the Visual C++ Redistributable for x64 of Visual Studio 2015 to 2022: winget install Microsoft.VCRedist.2015+.x64, or vc_redist.x64.exe from Microsoft.", missing);

    public static FineTuneException ModuleDamaged(string folder, string file) => new("ModuleDamaged", FaultKind.InvalidData,
        $"The module's folder '{folder}' is damaged: '{file}' is shorter than its own headers say, as after a copy that was cut off. It was not loaded.", "Install the module again (Install-PSResource PSFineTune -Reinstall), or copy its folder again.", folder);

    public static FineTuneException NoNvidiaDriver() => new("NoNvidiaDriver", FaultKind.Unavailable,
        "The tensor library is installed for CUDA, and there is no NVIDIA driver (no nvidia-smi).", "Install NVIDIA's driver until nvidia-smi lists the GPU, or run Install-FineTuneRuntime -Accelerator cpu and remove the folder of the other.");

    public static FineTuneException NoCudnn(string folder, IReadOnlyList<string> missing) => new("NoCudnn", FaultKind.Unavailable,
        $"The tensor library in '{folder}' is one for CUDA, and of cuDNN these libraries are not beside it: {string.Join(", ", missing)}.", $"Its packages have them. Run: {Runtimes.RuntimeList.Own.CudaCommand(again: true)}.", folder);
}

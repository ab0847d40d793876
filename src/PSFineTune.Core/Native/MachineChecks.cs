using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Text;
using PSFineTune.Runtimes;

namespace PSFineTune.Native;

/// <summary>What the machine itself must have, each looked for without loading the tensor library: it may be what keeps that from loading.</summary>
static partial class MachineChecks
{
    // Below it not even a small network trains with a batch of usual size.
    const long LeastMemory = 2L << 30;

    // Of the libraries of TorchSharp 0.107.0 and libtorch 2.10.0, as readelf -V tells; a test holds them to the files.
    public static readonly Version LeastGlibc = new(2, 34), LeastGlibcxx = new(3, 4, 30);

    /// <summary>Instruction sets. libtorch works without the wide ones, only slowly.</summary>
    public static string Processor() => !X86Base.IsSupported ? $"{RuntimeInformation.ProcessArchitecture}, {Environment.ProcessorCount} cores"
        : $"{(Avx512F.IsSupported ? "AVX-512 and AVX2" : Avx2.IsSupported ? "AVX2, no AVX-512" : Avx.IsSupported ? "AVX, no AVX2: several times slower" : "no AVX: many times slower")}, {Environment.ProcessorCount} cores{(Native.Processor.HidesCaches ? "; its caches are hidden, so convolutions use AVX" : "")}";

    /// <exception cref="FineTuneException">LittleMemory.</exception>
    public static string Memory()
    {
        // What a container may use, not what its machine has.
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        var said = string.Create(CultureInfo.InvariantCulture, $"{memory / (double)(1L << 30):0.0} GiB for this process");
        return memory >= LeastMemory ? said : throw Fault.LittleMemory(said);
    }

    /// <exception cref="FineTuneException">OldSystemLibrary, NoVisualCRuntime.</exception>
    public static string SystemLibraries() => OperatingSystem.IsWindows() ? VisualC() : OperatingSystem.IsLinux() ? Glibc() : RuntimeInformation.OSDescription;

    /// <summary>Where the tensor library is, and whether its files are as they were installed.</summary>
    /// <exception cref="FineTuneException">NoRuntime, RuntimeDamaged, ModuleDamaged.</exception>
    public static string RuntimeFiles(CancellationToken cancel)
    {
        if (RuntimeFolders.Beside is { } own) LibraryLength.RequireWholeFolder(own);
        if (RuntimeFolders.Bridge is not { } bridge) throw TorchRuntime.NoRuntime();
        var folder = Path.GetDirectoryName(bridge)!;
        LibraryLength.RequireWholeFolder(folder);
        if (RuntimeInstaller.Read(folder) is not { } runtime) return $"in the module's folder, {folder}";
        if (RuntimeInstaller.Changed(runtime, cancel) is [var changed, ..]) throw Fault.RuntimeDamaged(folder, changed);
        var unpinned = runtime.Packages.Count(package => package.Pin == RuntimePin.None);
        return $"{runtime.Accelerator}, {runtime.Files.Count} files, hashes as installed{(unpinned == 0 ? "" : FormattableString.Invariant($", {unpinned} packages unpinned"))}: {folder}";
    }

    /// <summary>A GPU is no must: only a build for it without a driver is wrong.</summary>
    /// <exception cref="FineTuneException">NoNvidiaDriver, NoCudnn.</exception>
    public static string Graphics()
    {
        var bridge = RuntimeFolders.Bridge;
        var isCuda = bridge is not null && TorchRuntime.IsCudaBuild([bridge]);
        if (!RuntimeFolders.HasNvidiaDriver) return isCuda ? throw Fault.NoNvidiaDriver() : "no NVIDIA driver (no nvidia-smi): computes on the processor";
        var driver = Driver() ?? "an NVIDIA driver, of which nvidia-smi tells nothing";
        return isCuda ? $"{driver}; {Cudnn(Path.GetDirectoryName(bridge)!)}" : $"{driver}; the library installed is for the processor: {RuntimeList.Own.CudaCommand()}";
    }

    /// <summary>cuDNN loads its own libraries when a convolution first needs them, and libtorch is taken for ready without: they are looked for by name.</summary>
    /// <param name="folder">Of a libtorch for CUDA.</param>
    /// <exception cref="FineTuneException">NoCudnn.</exception>
    public static string Cudnn(string folder)
    {
        string[] parts = ["cudnn_graph", "cudnn_ops", "cudnn_cnn", "cudnn_heuristic", "cudnn_engines_precompiled", "cudnn_engines_runtime_compiled"];
        var files = Directory.EnumerateFiles(folder).Select(file => Path.GetFileName(file)).ToList();
        var missing = parts.Where(part => !files.Any(file => file.StartsWith($"lib{part}.", StringComparison.Ordinal) || file.StartsWith($"{part}64_", StringComparison.Ordinal))).ToList();
        return missing.Count == 0 ? "cuDNN beside it" : throw Fault.NoCudnn(folder, missing);
    }

    static string VisualC()
    {
        string[] files = ["vcruntime140.dll", "vcruntime140_1.dll", "msvcp140.dll"];
        var missing = files.Where(file => !File.Exists(Path.Combine(Environment.SystemDirectory, file))).ToList();
        if (missing.Count > 0) throw Fault.NoVisualCRuntime(missing);
        return $"Visual C++ runtime {FileVersionInfo.GetVersionInfo(Path.Combine(Environment.SystemDirectory, files[0])).FileVersion}";
    }

    static string Glibc()
    {
        string found;
        try
        {
            found = Marshal.PtrToStringUTF8(gnu_get_libc_version()) ?? "";
        }
        catch (Exception wrong) when (wrong is EntryPointNotFoundException or DllNotFoundException)
        {
            throw Fault.OldSystemLibrary("the C library is not glibc", $"libtorch needs glibc {LeastGlibc} or newer");
        }
        if (Version.TryParse(found, out var glibc) && glibc < LeastGlibc) throw Fault.OldSystemLibrary($"glibc is {glibc}", $"libtorch needs {LeastGlibc} or newer");
        if (Glibcxx() is not { } cxx) return $"glibc {found}; libstdc++ was not found where it usually is";
        return cxx >= LeastGlibcxx ? $"glibc {found}, GLIBCXX_{cxx}" : throw Fault.OldSystemLibrary($"libstdc++ has GLIBCXX_{cxx}", $"TorchSharp needs {LeastGlibcxx} or newer");
    }

    /// <summary>The newest version that the system's C++ runtime has; null where it is not found.</summary>
    public static Version? Glibcxx()
    {
        string[] folders = ["/usr/lib/x86_64-linux-gnu", "/lib/x86_64-linux-gnu", "/usr/lib64", "/lib64", "/usr/lib"];
        if (folders.Select(folder => Path.Combine(folder, "libstdc++.so.6")).FirstOrDefault(File.Exists) is not { } path) return null;
        var (text, mark) = (Encoding.Latin1.GetString(File.ReadAllBytes(path)), "GLIBCXX_");
        Version? newest = null;
        for (var at = text.IndexOf(mark, StringComparison.Ordinal); at >= 0; at = text.IndexOf(mark, at + 1, StringComparison.Ordinal))
        {
            var end = at + mark.Length;
            while (end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] == '.')) end++;
            if (Version.TryParse(text.AsSpan(at + mark.Length, end - at - mark.Length), out var version) && (newest is null || version > newest)) newest = version;
        }
        return newest;
    }

    // Null where it is not there, hangs or fails.
    static string? Driver()
    {
        try
        {
            var start = new ProcessStartInfo("nvidia-smi", ["--query-gpu=name,driver_version", "--format=csv,noheader"]) { RedirectStandardOutput = true, RedirectStandardError = true };
            using var process = Process.Start(start)!;
            var lines = process.StandardOutput.ReadToEndAsync();
            _ = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(TimeSpan.FromSeconds(10)))
            {
                process.Kill(entireProcessTree: true);
                return null;
            }
            return process.ExitCode == 0 ? string.Join("; ", lines.Result.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct().Select(line => line.Replace(",", ", driver"))) : null;
        }
        catch (Exception wrong) when (wrong is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            return null;
        }
    }

    [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    static extern nint gnu_get_libc_version();
}

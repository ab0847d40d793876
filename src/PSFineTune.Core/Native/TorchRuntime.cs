using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using PSFineTune.Runtimes;
using TorchSharp;

namespace PSFineTune.Native;

/// <summary>
/// The door to libtorch: loads it once, ours and no other, or says why not. Left to itself TorchSharp would answer a
/// failed load by copying half a gigabyte beside its assembly and writing its trace to the console.
/// </summary>
static class TorchRuntime
{
    /// <summary>TorchSharp's own library, by which everything else is loaded.</summary>
    public const string Bridge = "LibTorchSharp";

    static readonly object s_lock = new();
    static volatile bool s_ready;

    /// <summary>The libtorch that is loaded is a build with CUDA, whether there is a GPU or not.</summary>
    public static bool HasCuda { get; private set; }

    /// <summary>Threads of the tensor library within one operation.</summary>
    public static int Threads
    {
        get
        {
            Ensure();
            return torch.get_num_threads();
        }
    }

    /// <summary>Versions and instruction set: what may change the bits of a result besides the threads.</summary>
    public static string Description
    {
        get
        {
            Ensure();
            var vectors = Processor.HidesCaches ? "AVX" : Avx512F.IsSupported ? "AVX-512" : Avx2.IsSupported ? "AVX2" : "no wide vectors";
            return $"TorchSharp {typeof(torch).Assembly.GetName().Version?.ToString(3)}, libtorch {torch.__version__}, {RuntimeInformation.RuntimeIdentifier}, {vectors}";
        }
    }

    /// <summary>Sets the threads; disposing puts back what was before, for the setting belongs to the whole process.</summary>
    /// <param name="count">0 for one a core.</param>
    public static IDisposable UseThreads(int count)
    {
        Ensure();
        var before = torch.get_num_threads();
        torch.set_num_threads(count > 0 ? count : Environment.ProcessorCount);
        return new FormerThreads(before);
    }

    sealed class FormerThreads(int count) : IDisposable
    {
        public void Dispose() => torch.set_num_threads(count);
    }

    /// <exception cref="FineTuneException">ForeignLibtorch, NativeLoadFailed, NoRuntime, RuntimeDamaged, ModuleDamaged.</exception>
    public static void Ensure()
    {
        if (s_ready) return;
        lock (s_lock)
        {
            if (s_ready) return;
            if (Foreign(MappedFiles(), TorchSharpCopies()) is { } path) throw Fault.ForeignLibtorch(path);
            Load();
            s_ready = true;
        }
    }

    /// <summary>The libtorch among the mapped files that is not ours; null where there is none.</summary>
    /// <param name="mapped">Paths of the process's native files.</param>
    /// <param name="copies">Loaded TorchSharp assemblies.</param>
    /// <remarks>A libtorch is ours only where the bridge is mapped too and one TorchSharp alone can have asked for it.</remarks>
    public static string? Foreign(IReadOnlyList<string> mapped, int copies)
    {
        bool Is(string path, string library) => Path.GetFileName(path) is var file
            && (file.StartsWith(library, StringComparison.OrdinalIgnoreCase) || file.StartsWith("lib" + library, StringComparison.OrdinalIgnoreCase));

        var torches = mapped.Where(path => Is(path, "torch_cpu.") || Is(path, "torch_cpu-")).Distinct().ToList();
        var ours = torches.Count == 1 && copies == 1 && mapped.Any(path => Is(path, Bridge + "."));
        return ours ? null : torches.FirstOrDefault();
    }

    /// <summary>Whether the libtorch beside the bridge is a build with CUDA. By the file: a name alone would find one installed elsewhere on the machine.</summary>
    /// <param name="mapped">Paths of the process's native files.</param>
    public static bool IsCudaBuild(IEnumerable<string> mapped) =>
        mapped.FirstOrDefault(path => Path.GetFileName(path).Contains(Bridge + ".")) is { } bridge && Directory.EnumerateFiles(Path.GetDirectoryName(bridge)!, "*torch_cuda.*").Any();

    /// <summary>The line of a loader's message that names the file or symbol at fault.</summary>
    public static string Reason(string message)
    {
        string[] telling = ["version `", "undefined symbol", "symbol not found", "wrong ELF class", "invalid ELF", "0x"];
        var lines = message.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return telling.Select(mark => lines.FirstOrDefault(line => line.Contains(mark))).FirstOrDefault(line => line is not null)
            // A dependency that is missing says more than the candidates that do not exist.
            ?? lines.FirstOrDefault(line => line.Contains("cannot open shared object") && !line.Contains(Bridge))
            ?? string.Join(' ', lines);
    }

    /// <summary>There is no libtorch to load.</summary>
    public static FineTuneException NoRuntime(Exception? inner = null) => Fault.NoRuntime(RuntimeFolders.ThisMachine, RuntimeFolders.Roots, inner);

    static void Load()
    {
        if (RuntimeFolders.Bridge is { } bridge) LibraryLength.RequireWholeFolder(Path.GetDirectoryName(bridge)!);
        try
        {
            Tune();
            // The bridge names libtorch as its dependency and looks for it beside itself, so the system's is never asked for.
            NativeLibrary.Load(Bridge, typeof(torch).Assembly, null);
            Silence();
            torch.InitializeDeviceType(DeviceType.CPU);
            // Now and not when a GPU is asked for: autograd counts the devices once, at its first pass backward.
            if (HasCuda = IsCudaBuild(MappedFiles())) torch.TryInitializeDeviceType(DeviceType.CUDA);
            // A GPU rounds float32 to 11 bits otherwise before it multiplies.
            (torch.backends.cuda.matmul.allow_tf32, torch.backends.cudnn.allow_tf32) = (false, false);
            torch.get_num_threads();
        }
        catch (DllNotFoundException failure) when (RuntimeFolders.Bridge is null)
        {
            throw NoRuntime(failure);
        }
        catch (Exception failure) when (failure is DllNotFoundException or BadImageFormatException or EntryPointNotFoundException or TypeInitializationException or NotSupportedException)
        {
            var cause = failure is TypeInitializationException { InnerException: { } inner } ? inner : failure;
            throw Fault.NativeLoadFailed(Bridge, Reason(cause.Message), failure);
        }
    }

    // Read by libgomp, libtorch and oneDNN once, when they are loaded or first used; what the user has set stays.
    static void Tune()
    {
        if (Processor.HidesCaches) NativeEnvironment.Suggest("ONEDNN_MAX_CPU_ISA", "AVX");
        if (!OperatingSystem.IsLinux()) return;
        // Threads that wait for each other by spinning starve the loader, and every neighbour on a shared machine: with two
        // programs on two cores training ran at a fifth of the speed.
        NativeEnvironment.Suggest("OMP_WAIT_POLICY", "PASSIVE");
        // Activations of a hundred megabytes come from the kernel anew at every layer; in pages of 2 MiB training ran 1.3x as fast.
        NativeEnvironment.Suggest("THP_MEM_ALLOC_ENABLE", "1");
    }

    // Its warnings go past PowerShell's streams to standard error, one for each convolution where NNPACK does not know the
    // processor, until the pipe of whoever started the process is full. Only Python reads TORCH_CPP_LOG_LEVEL; this is the number
    // that it would set. Where a library does not have it, the warnings stay.
    static void Silence()
    {
        const int OnlyErrors = 2;
        if (NativeLibrary.TryLoad("c10", typeof(torch).Assembly, null, out var library) && NativeLibrary.TryGetExport(library, "FLAGS_caffe2_log_level", out var level))
            Marshal.WriteInt32(level, OnlyErrors);
    }

    static List<string> MappedFiles()
    {
        using var process = Process.GetCurrentProcess();
        return [.. process.Modules.Cast<ProcessModule>().Select(module => module.FileName)];
    }

    static int TorchSharpCopies() => AppDomain.CurrentDomain.GetAssemblies().Count(assembly => assembly.GetName().Name == "TorchSharp");
}

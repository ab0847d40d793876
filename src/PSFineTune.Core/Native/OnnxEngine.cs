using Microsoft.ML.OnnxRuntime;
using System.Runtime.InteropServices;

namespace PSFineTune.Native;

/// <summary>The door to ONNX Runtime, which computes what needs no gradients faster than libtorch; without it libtorch does.</summary>
static class OnnxEngine
{
    const string Library = "onnxruntime";

    static readonly Lazy<Exception?> s_failure = new(Failure);

    public static bool IsReady => s_failure.Value is null;

    public static string Description => $"ONNX Runtime {Version()}";

    /// <exception cref="FineTuneException">NativeLoadFailed, ModuleDamaged.</exception>
    public static void Ensure()
    {
        if (s_failure.Value is FineTuneException told) throw told;
        if (s_failure.Value is { } failure) throw Fault.NativeLoadFailed(Library, TorchRuntime.Reason(failure.Message), failure);
    }

    /// <summary>A session of a model's bytes, which may be forgotten after. Its threads sleep while they wait.</summary>
    public static InferenceSession NewSession(byte[] model, int threads)
    {
        Ensure();
        using var options = Options(threads);
        return new(model, options);
    }

    /// <summary>The same of a file, and of those beside it that it names.</summary>
    public static InferenceSession NewSession(string path, int threads)
    {
        Ensure();
        using var options = Options(threads);
        return new(path, options);
    }

    static SessionOptions Options(int threads)
    {
        var options = new SessionOptions
        {
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            IntraOpNumThreads = threads,
            InterOpNumThreads = 1,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        };
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        return options;
    }

    static Exception? Failure()
    {
        try
        {
            Load();
            return null;
        }
        catch (Exception failure) when (failure is DllNotFoundException or BadImageFormatException or EntryPointNotFoundException or TypeInitializationException or NotSupportedException or FileNotFoundException or OnnxRuntimeException or FineTuneException)
        {
            return failure is TypeInitializationException { InnerException: { } inner } ? inner : failure;
        }
    }

    static void Load()
    {
        // Its official builds report use to their maker over the network unless told not to before they are loaded.
        NativeEnvironment.Set("ORT_DISABLE_TELEMETRY", "1");
        // Its own search would come before ours, and find another copy.
        OrtEnv.DisableDllImportResolver = true;
        NativeLibrary.Load(Library, typeof(OrtEnv).Assembly, DllImportSearchPath.AssemblyDirectory);
        var options = new EnvironmentCreationOptions { logId = nameof(PSFineTune), logLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
        OrtEnv.CreateInstanceWithOptions(ref options).DisableTelemetryEvents();
    }

    static string Version() => OrtEnv.Instance().GetVersionString();
}

using System.Diagnostics;
using Microsoft.ML.OnnxRuntime;
using PSFineTune.Exports;
using PSFineTune.Models;
using PSFineTune.Native;
using PSFineTune.Packaging;
using static TorchSharp.torch;
using TensorElementType = Microsoft.ML.OnnxRuntime.Tensors.TensorElementType;

namespace PSFineTune.Benchmarks;

/// <summary>
/// What Invoke-Prediction computes with beside ONNX Runtime on the exported file, in alternating blocks: on the same pixels, which are there
/// already, and where a folder has photos on files that both read by the same code.
/// </summary>
static class OnnxSpeed
{
    const int Blocks = 15;

    static readonly int[] s_counts = [1, 32];

    // Of a block; shorter ones would measure the scheduler.
    const double Seconds = 0.5;

    public static IEnumerable<object> Measure(string folder, string model, int threads)
    {
        TorchRuntime.Ensure();
        var spec = (NetworkSpec)Catalog<ModelSpec>.Create(model);
        using var limited = TorchRuntime.UseThreads(threads);
        using var scope = NewDisposeScope();
        using var still = no_grad();
        using var network = spec.Build(10, 1);
        var file = Path.Combine(Directory.CreateTempSubdirectory("psfinetune-").FullName, "model.onnx");
        try
        {
            var weights = new MemoryStream();
            Safetensors.Write(weights, network.Store());
            var package = new ModelPackage { Classes = [.. Enumerable.Range(0, 10).Select(label => $"{label}")], Preprocessing = spec.DefaultPreprocessing, Plan = new() { Model = spec } };
            var trained = TrainedModel.Of(new PackageContent(package, PartSource.Of(weights.ToArray())));
            var export = OnnxExporter.Write(trained, file, new(), default);
            using var session = OnnxEngine.NewSession(file, threads);
            using var fast = FastForward.Of(network)!;
            foreach (var count in s_counts) yield return OnPixels(model, threads, count, spec.DefaultPreprocessing!.InputSize, fast, session, export);
            var photos = Directory.EnumerateFiles(folder, "*.jp*g", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Take(s_counts.Max()).ToList();
            using var predictor = (NetworkPredictor)trained.NewPredictor();
            foreach (var count in s_counts.Where(count => count <= photos.Count)) yield return OnFiles(model, threads, photos[..count], predictor, session, export);
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        }
    }

    static object OnPixels(string model, int threads, int count, int side, FastForward fast, InferenceSession session, OnnxExport export)
    {
        var images = Classifier.ChannelsLast(randn(count, 3, side, side));
        return Compared(model, "pixels", threads, count, () => fast.Forward(images).Dispose(), Theirs(images, session, export));
    }

    static object OnFiles(string model, int threads, List<string> photos, NetworkPredictor predictor, InferenceSession session, OnnxExport export) =>
        Compared(model, "files", threads, photos.Count, () => predictor.Score(photos, default), () =>
        {
            using var scope = NewDisposeScope();
            var reader = predictor.ReaderOf(photos);
            Theirs(reader.Tensor(predictor.Read(reader, photos, new FineTuneException?[photos.Count], default)), session, export)();
        });

    static unsafe Action Theirs(Tensor images, InferenceSession session, OnnxExport export)
    {
        var (pixels, options) = (images.contiguous(), new RunOptions());
        string[] names = [export.Inputs[0].Name], outputs = [OnnxExporter.Logits];
        return () =>
        {
            // Where they lie: a copy would count against the peer.
            fixed (byte* values = pixels.bytes)
            {
                using var given = OrtValue.CreateTensorValueWithData(OrtMemoryInfo.DefaultInstance, TensorElementType.Float, pixels.shape, (nint)values, pixels.bytes.Length);
                session.Run(options, names, [given], outputs).Dispose();
            }
        };
    }

    static object Compared(string model, string given, int threads, int count, Action ours, Action theirs)
    {
        double Ours() => Rate(count, ours);
        double Theirs() => Rate(count, theirs);
        Ours();
        Theirs();
        // Whoever begins may find the processor cooler: they take turns.
        var blocks = Enumerable.Range(0, Blocks).Select(block =>
        {
            var (ours, theirs) = block % 2 == 0 ? (Ours(), 0.0) : (0.0, Theirs());
            return block % 2 == 0 ? (Ours: ours, Theirs: Theirs()) : (Ours: Ours(), Theirs: theirs);
        }).ToList();
        var ratios = blocks.Select(block => block.Theirs / block.Ours).Order().ToList();
        return new
        {
            model, given, threads, batch = count,
            ours = Math.Round(Middle([.. blocks.Select(block => block.Ours).Order()]), 1),
            onnx_runtime = Math.Round(Middle([.. blocks.Select(block => block.Theirs).Order()]), 1),
            // Of our time to theirs: 1.1 is a tenth slower.
            ratio = Math.Round(Middle(ratios), 3),
            spread = new[] { Math.Round(ratios[Blocks / 4], 3), Math.Round(ratios[Blocks - 1 - Blocks / 4], 3) },
        };
    }

    static double Middle(IReadOnlyList<double> ordered) => ordered[ordered.Count / 2];

    // Images per second.
    static double Rate(int count, Action pass)
    {
        var (began, passes) = (Stopwatch.GetTimestamp(), 0);
        do
        {
            pass();
            passes++;
        }
        while (Stopwatch.GetElapsedTime(began).TotalSeconds < Seconds);
        return passes * count / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }
}

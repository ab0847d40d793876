using System.Diagnostics;
using Microsoft.ML.OnnxRuntime;
using PSFineTune.Exports;
using PSFineTune.Models;
using PSFineTune.Native;
using PSFineTune.Packaging;
using static TorchSharp.torch;

namespace PSFineTune.Benchmarks;

/// <summary>What Invoke-Prediction computes with beside ONNX Runtime on the exported file: the same pixels, which are there already, in alternating blocks.</summary>
static class OnnxSpeed
{
    const int Blocks = 15;

    // Of a block; shorter ones would measure the scheduler.
    const double Seconds = 0.5;

    public static IEnumerable<object> Measure(string model, int threads)
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
            var export = OnnxExporter.Write(TrainedModel.Of(new PackageContent(package, PartSource.Of(weights.ToArray()))), file, new(), default);
            using var session = OnnxEngine.NewSession(file, threads);
            using var fast = FastForward.Of(network)!;
            foreach (var count in new[] { 1, 32 }) yield return Compared(model, threads, count, spec.DefaultPreprocessing!.InputSize, fast, session, export);
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        }
    }

    static object Compared(string model, int threads, int count, int side, FastForward fast, InferenceSession session, OnnxExport export)
    {
        var images = Classifier.ChannelsLast(randn(count, 3, side, side));
        using var pixels = OrtValue.CreateTensorValueFromMemory(images.contiguous().data<float>().ToArray(), [count, 3, side, side]);
        using var options = new RunOptions();
        string[] names = [export.Inputs[0].Name], outputs = [OnnxExporter.Logits];
        double Ours() => Rate(count, () => fast.Forward(images).Dispose());
        double Theirs() => Rate(count, () => session.Run(options, names, [pixels], outputs).Dispose());
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
            model, threads, batch = count,
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

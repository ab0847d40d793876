using System.Diagnostics;
using PSFineTune.Models;
using PSFineTune.Native;
using PSFineTune.Training;

namespace PSFineTune.Benchmarks;

/// <summary>An evaluation of MobileNetV2 from files to class probabilities, the making of its session included, as the peer times it.</summary>
static class EvaluationSpeed
{
    const int BatchSize = 32, Passes = 3;

    /// <param name="files">Images.</param>
    /// <param name="file">Weights of MobileNetV2.</param>
    /// <param name="threads">Of the loader and of the network.</param>
    public static IEnumerable<object> Measure(IReadOnlyList<string> files, string file, int threads)
    {
        TorchRuntime.Ensure();
        using var limited = TorchRuntime.UseThreads(threads);
        var weights = PretrainedWeights.Read(file, new MobileNetV2());
        using var network = weights.Spec.Build(1000, 1);
        network.Load(weights.Tensors, keepHead: true, file);
        var loader = new BatchLoader(weights.Spec.NewReader(SampleSource.Of(files, 1000), weights.Preprocessing, new(), Packaging.ModelParts.None), BatchSize, threads);
        int[] rows = [.. Enumerable.Range(0, files.Count)];
        for (var pass = 1; pass <= Passes; pass++)
        {
            var began = Stopwatch.GetTimestamp();
            var sum = Inference.Run(network, loader, rows, default).Sum(row => (double)Array.IndexOf(row.Scores, row.Scores.Max()));
            yield return new { pass, images = files.Count, images_per_second = Math.Round(files.Count / Stopwatch.GetElapsedTime(began).TotalSeconds, 1), classes = sum };
        }
    }
}

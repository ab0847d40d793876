using System.Diagnostics;
using PSFineTune.Models;
using PSFineTune.Native;
using PSFineTune.Training;
using static TorchSharp.torch;

namespace PSFineTune.Benchmarks;

/// <summary>
/// Seconds of a pass forward and backward over a batch of noise, in float32 and in bfloat16 by turns, for machines are shared: the
/// median of three after one that does not count.
/// </summary>
static class PrecisionSpeed
{
    const int BatchSize = 32, Passes = 3;

    /// <param name="model">An architecture.</param>
    /// <param name="side">Of the images, in pixels.</param>
    /// <param name="threads">Of the tensor library.</param>
    public static IEnumerable<object> Measure(string model, int side, int threads)
    {
        using var count = TorchRuntime.UseThreads(threads);
        using var network = ((NetworkSpec)Catalog<ModelSpec>.Create(model)).Build(10, 1);
        using var images = Classifier.ChannelsLast(randn(BatchSize, 3, side, side));
        network.Training = true;
        var seconds = new Dictionary<Precision, List<double>> { [Precision.Float32] = [], [Precision.BFloat16] = [] };
        for (var pass = 0; pass <= Passes; pass++)
            foreach (var (precision, taken) in seconds)
            {
                var watch = Stopwatch.StartNew();
                Pass(network, images, precision);
                if (pass > 0) taken.Add(watch.Elapsed.TotalSeconds);
            }
        var (single, half) = (Median(seconds[Precision.Float32]), Median(seconds[Precision.BFloat16]));
        yield return new { model, side, threads, float32_s = Math.Round(single, 3), bfloat16_s = Math.Round(half, 3), ratio = Math.Round(half / single, 2) };
    }

    static void Pass(Classifier network, Tensor images, Precision precision)
    {
        using var scope = NewDisposeScope();
        network.Precision = precision;
        foreach (var (_, parameter) in network.Parameters) parameter.grad = null;
        network.Forward(images).to_type(float32).square().mean().backward();
    }

    static double Median(IEnumerable<double> values) => values.Order().ElementAt(Passes / 2);
}

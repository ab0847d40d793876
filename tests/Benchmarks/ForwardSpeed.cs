using System.Diagnostics;
using PSFineTune.Models;
using PSFineTune.Native;
using static TorchSharp.torch;

namespace PSFineTune.Benchmarks;

/// <summary>Passes without gradients, of images that are there already: ONNX Runtime beside libtorch, in turns, and what a session costs to make.</summary>
static class ForwardSpeed
{
    const int Rounds = 5;

    public static IEnumerable<object> Measure(string model, int threads)
    {
        TorchRuntime.Ensure();
        var spec = (NetworkSpec)Catalog<ModelSpec>.Create(model);
        using var scope = NewDisposeScope();
        using var still = no_grad();
        using var network = spec.Build(10, 1);
        using var limited = TorchRuntime.UseThreads(threads);
        var side = spec.DefaultPreprocessing!.InputSize;
        var loading = Seconds(OnnxEngine.Ensure);
        var made = Enumerable.Range(0, Rounds).Select(_ => Seconds(() => FastForward.Of(network)!.Dispose())).ToList();
        yield return new { model, threads, load_ms = Math.Round(loading * 1000), first_session_ms = Math.Round(made[0] * 1000), session_ms = Math.Round(made.Min() * 1000), graph_ms = Math.Round(Seconds(() => network.ToOnnx(0, network.Groups.Count)) * 1000) };

        foreach (var count in new[] { 1, 8, 32 })
        {
            using var fast = FastForward.Of(network)!;
            var images = Classifier.ChannelsLast(randn(count, 3, side, side));
            double[] Rates(Func<Tensor, Tensor> forward) => [.. Enumerable.Range(0, 1 + 32 / count).Select(_ => count / Seconds(() => forward(images).Dispose()))];
            var rounds = Enumerable.Range(0, Rounds).Select(_ => (Fast: Rates(fast.Forward).Max(), Torch: Rates(network.Forward).Max())).ToList();
            yield return new
            {
                model, threads, batch = count,
                fast = Math.Round(rounds.Max(round => round.Fast)),
                libtorch = Math.Round(rounds.Max(round => round.Torch)),
                ratio = Math.Round(rounds.Select(round => round.Fast / round.Torch).Order().ElementAt(Rounds / 2), 2),
            };
        }
    }

    static double Seconds(Action act)
    {
        var began = Stopwatch.GetTimestamp();
        act();
        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }
}

using System.Diagnostics;
using PSFineTune.Models;
using PSFineTune.Native;
using Xunit;
using static TorchSharp.torch;
namespace PSFineTune.Tests;
public class ZSpeedTests
{
    [Fact]
    public void Speed()
    {
        if (Environment.GetEnvironmentVariable("CNN_SPEED") is not { } name) return;
        TorchRuntime.Ensure();
        using var limited = TorchRuntime.UseThreads(1);
        using var scope = NewDisposeScope();
        using var network = ((NetworkSpec)Catalog<ModelSpec>.Create(name)).Build(10, 1);
        var images = Classifier.ChannelsLast(randn(8, 3, 224, 224));
        var labels = zeros(8, dtype: int64);
        using var fast = FastForward.Of(network)!;
        Print("ort8", 5, () => { using (no_grad()) fast.Forward(images).Dispose(); });
        var one = Classifier.ChannelsLast(randn(1, 3, 224, 224));
        Print("ort1", 9, () => { using (no_grad()) fast.Forward(one).Dispose(); });
        Print("torch8", 3, () => { using (no_grad()) network.Forward(images).Dispose(); });
        network.Training = true;
        Print("step8", 3, () =>
        {
            using var inner = NewDisposeScope();
            foreach (var (_, p) in network.Parameters) p.grad = null;
            nn.functional.cross_entropy(network.Forward(images), labels).backward();
        });
        void Print(string what, int n, Action act)
        {
            act();
            var all = new List<double>();
            for (var i = 0; i < n; i++) { var p = Process.GetCurrentProcess(); var b = p.TotalProcessorTime; act(); p.Refresh(); all.Add((p.TotalProcessorTime - b).TotalMilliseconds); }
            all.Sort();
            Console.WriteLine($"OURS {name} {what} {all[n / 2]:F0} min {all[0]:F0}");
        }
    }
}

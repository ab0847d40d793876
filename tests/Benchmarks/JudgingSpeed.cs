using System.Diagnostics;
using System.Runtime.InteropServices;
using PSFineTune.Metrics;

namespace PSFineTune.Benchmarks;

/// <summary>A whole evaluation of labels and probabilities in a file: counts of samples and classes and the labels as 32-bit integers, then the probabilities as floats.</summary>
static class JudgingSpeed
{
    public static IEnumerable<object> Measure(string file)
    {
        var bytes = File.ReadAllBytes(file);
        var numbers = MemoryMarshal.Cast<byte, int>(bytes);
        var (count, classes) = (numbers[0], numbers[1]);
        var labels = numbers.Slice(2, count).ToArray();
        var scores = MemoryMarshal.Cast<int, float>(numbers[(2 + count)..]).ToArray();
        string[] names = [.. Enumerable.Range(0, classes).Select(index => $"c{index}")];
        List<object> passes = [];
        for (var pass = 0; pass < 3; pass++)
        {
            var watch = Stopwatch.StartNew();
            var builder = new EvaluationBuilder(names, new() { Resamples = 0 });
            for (var row = 0; row < count; row++) builder.Add(labels[row], scores.AsSpan(row * classes, classes), "x");
            var told = builder.Build();
            var measured = watch.Elapsed.TotalSeconds;
            watch.Restart();
            var tally = new ConfusionTally(classes);
            for (var row = 0; row < count; row++) tally.Add(labels[row], scores.AsSpan(row * classes, classes).IndexOf(scores.AsSpan(row * classes, classes).ToArray().Max()));
            var interval = Bootstrap.Of(tally, 2000, 42, default).Accuracy;
            passes.Add(new
            {
                seconds = Math.Round(measured, 4), intervals = Math.Round(watch.Elapsed.TotalSeconds, 4), accuracy = told.Accuracy, macro_f1 = told.MacroF1, log_loss = told.LogLoss,
                area = told.MacroAreaUnderRoc, low = interval.Low, high = interval.High,
            });
        }
        return passes;
    }
}

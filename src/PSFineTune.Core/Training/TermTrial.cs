using System.Diagnostics;
using PSFineTune.Data;
using PSFineTune.Models;
using PSFineTune.Text.Terms;

namespace PSFineTune.Training;

/// <summary>Measures the fitting of a model of terms by doing it on a part of the texts, and on twice as many.</summary>
static class TermTrial
{
    const int Texts = 1000, Sizes = 2;

    /// <summary>Pulled; the last step has the estimate.</summary>
    /// <exception cref="FineTuneException">As a run of the plan.</exception>
    public static IEnumerable<TrialStep> Run(TermModelSpec spec, TrainingPlan plan, Dataset data, long? free, CancellationToken cancel)
    {
        PlanCheck.Refuse(plan, data, spec.Tensors(data.Classes.Count));
        var pipeline = plan.TextPipeline ?? throw Fault.NoTextPipeline(spec.Name);
        using var memory = new MemoryPeak();
        var (train, held) = (data.RowsOf(Split.Train), data.RowsOf(Split.Validation).Length);
        var order = RandomStream.For(plan.Seed, 0, "trial").Permutation(train.Length);
        var (seconds, counts, bytes) = (new List<double>(), new List<int>(), 0L);
        for (var size = 1; size <= Sizes; size++)
        {
            // A class that none of them has is one less to fit: that makes no time shorter by much.
            int[] rows = [.. order.Take(Texts * size).Select(at => train[at])];
            // There is nothing to fit where all are of one class.
            if (Array.TrueForAll(rows, row => data.LabelAt(row) == data.LabelAt(rows[0]))) rows[^1] = train.First(row => data.LabelAt(row) != data.LabelAt(rows[0]));
            var watch = Stopwatch.StartNew();
            var (_, learned) = TextVectorizer.Fit(pipeline with { MinDocuments = 1 }, data, rows, cancel);
            var model = spec.Fit(learned, Array.ConvertAll(rows, data.LabelAt), [.. data.Classes.Select(_ => 1.0)], plan, _ => { }, cancel);
            seconds.Add(watch.Elapsed.TotalSeconds);
            counts.Add(rows.Length);
            bytes = model.Store().Sum(tensor => (long)tensor.Bytes.Length);
            if (size < Sizes) yield return new(size, Sizes, null);
        }
        // Each text takes as long as these did; or longer the more there are, by the power that the two sizes show.
        var times = (double)train.Length / counts[^1];
        var power = counts[^1] > counts[0] ? Math.Clamp(Math.Log(seconds[^1] / seconds[0]) / Math.Log((double)counts[^1] / counts[0]), 1, 2) : 1;
        var (low, high) = (seconds[^1] * times, seconds[^1] * Math.Pow(times, power));
        yield return new(Sizes, Sizes, new()
        {
            Model = spec.Name, TrainedParameters = bytes / sizeof(float), Samples = train.Length, ValidationSamples = held, Epochs = 1, Steps = 1, TimedSteps = Sizes,
            StepSecondsP50 = low, StepSecondsP90 = high, SecondsPerEpoch = low, DurationLow = TimeSpan.FromSeconds(low), DurationHigh = TimeSpan.FromSeconds(high),
            PeakMemoryBytes = memory.Bytes, CheckpointBytes = bytes, FreeDiskBytes = free, Threads = Environment.ProcessorCount, Fits = free is null || free >= Checkpoint.SpaceFor(bytes),
        });
    }
}

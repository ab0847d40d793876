using System.Security.Cryptography;
using PSFineTune.Data;
using PSFineTune.Models;
using PSFineTune.Native;
using PSFineTune.Optimizers;
using PSFineTune.Pictures;
using PSFineTune.Recipes;
using PSFineTune.Training;
using PSFineTune.Training.Averages;
using TorchSharp;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>A plan tried on a copy: what it tells, and that nothing of it stays.</summary>
[Collection("Training")]
public sealed class LearningRateSearchTests : IDisposable
{
    static readonly ResNet20 s_network = new();

    readonly TempFolder _folder = new();
    readonly ImageDataset _data;

    public LearningRateSearchTests()
    {
        Pictures.WriteClasses(_folder["data"], classes: 3, each: 12);
        _data = ImageDataset.Import(new ImageDatasetReference { Root = _folder["data"], ValidationFraction = 0.25 }, _folder["content"], CancellationToken.None);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Suggests_what_lr_find_suggests()
    {
        // A curve by a formula; the rates by fastai's own functions on it.
        var (mean, points) = (0.0, new List<LearningRatePoint>());
        for (var i = 0; i < 95; i++)
        {
            var rate = 1e-7 * Math.Pow(1e8, i / 99.0);
            var x = Math.Log10(rate);
            var loss = 2.3 - 1.9 / (1 + Math.Exp(-2.5 * (x + 3))) + (x > -1.2 ? Math.Min(Math.Exp(6 * (x + 0.2)), 50) : 0) + 0.05 * Math.Sin(7 * i);
            mean = 0.98 * mean + 0.02 * loss;
            points.Add(new() { LearningRate = rate, Loss = loss, Smoothed = mean / (1 - Math.Pow(0.98, i + 1)) });
        }
        var curve = RateSuggestion.Of("ResNet20", points, 100, diverged: true);
        Assert.Equal(0.0013219411484660286, curve.Suggestion, 1e-12);
        Assert.Equal(0.004862601580065354, curve.Steep, 1e-12);
        Assert.Equal(0.050941380148163753, curve.MinimumOverTen, 1e-12);
    }

    [Fact]
    public void Finds_a_rate_at_which_the_plan_learns()
    {
        var curve = Find(Plan(), new());
        Assert.InRange(curve.Suggestion, 1e-5, 1);
        Assert.InRange(curve.Points.Count, 40, 100);
        Assert.Equal(curve.Points.Select(point => point.LearningRate).Order(), curve.Points.Select(point => point.LearningRate));
        Assert.Equal(1e-7, curve.Points[0].LearningRate, 1e-15);
        Assert.Equal(curve.Points[0].Loss, curve.Points[0].Smoothed, 1e-9);
        Assert.Equal(curve.Points, Find(Plan(), new()).Points);
    }

    [Fact]
    public void The_data_are_the_plans_and_the_rate_alone_differs()
    {
        var curve = Find(Plan(), new());
        var other = Find(Plan() with { Optimizer = new Sgd { LearningRate = 0.5 }, Schedule = new PSFineTune.Schedules.Cosine() }, new());
        Assert.All(curve.Points.Take(30).Zip(other.Points), pair => Assert.Equal(pair.First.Loss, pair.Second.Loss, 1e-4));
    }

    [Fact]
    public void Leaves_weights_randomness_threads_and_disk_as_they_were()
    {
        var expected = Weights(Plan(), "without");
        torch.manual_seed(7);
        using var threads = Native.TorchRuntime.UseThreads(2);
        var (random, tree) = (RandomState(), Tree());
        Find(Plan() with { Dataset = _data.Reference }, new(), data: null);
        Measure(Plan() with { Dataset = _data.Reference }, null);
        Measure(Cached(), null);
        Assert.Throws<FineTuneException>(() => Find(Plan(), new(1e-12, 1e-11)));
        Assert.Equal((random, tree, 2), (RandomState(), Tree(), torch.get_num_threads()));
        Assert.Equal(expected, Weights(Plan(), "with"));
    }

    [Fact]
    public void Where_the_loss_does_not_fall_nothing_is_suggested()
    {
        var fault = Assert.Throws<FineTuneException>(() => Find(Plan(), new(1e-12, 1e-11)));
        Assert.Equal(("NoDescent", FaultKind.InvalidData), (fault.Id, fault.Kind));
    }

    [Theory]
    [InlineData(0, 1, 100), InlineData(1, 1, 100), InlineData(1e-7, double.PositiveInfinity, 100), InlineData(double.NaN, 1, 100), InlineData(1e-7, 10, 5)]
    public void Bad_settings_are_refused(double start, double end, int steps) =>
        Assert.Equal("BadPlanSetting", Assert.Throws<FineTuneException>(() => Find(Plan(), new(start, end, steps))).Id);

    [Fact]
    public void Stops_within_a_step_and_gives_the_process_back()
    {
        using var stop = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() =>
        {
            foreach (var step in new LearningRateSearch().Run(Plan(), _data, _folder["workspace"], null, stop.Token))
            {
                Assert.True(step.Step <= 3);
                if (step.Step == 3) stop.Cancel();
            }
        });
        using var first = new PlanTrial().Run(Plan(), _data, _folder["workspace"], null, default).GetEnumerator();
        Assert.True(first.MoveNext());
        Assert.Equal("ResourceBusy", Assert.Throws<FineTuneException>(() => Find(Plan(), new())).Id);
        Assert.Equal("ResourceBusy", Assert.Throws<FineTuneException>(() => Weights(Plan(), "busy")).Id);
    }

    [Fact]
    public void Rates_of_layers_keep_their_proportion()
    {
        var plan = Plan() with { Optimizer = new Sgd { LearningRate = 0.01 }, Layers = [new() { Pattern = "head", LearningRate = 0.05 }, new() { Pattern = "stem", Factor = 0.1 }] };
        var applied = new LearningRateCurve { Suggestion = 0.002 }.Apply(plan);
        Assert.Equal((0.002, 0.01, 0.1), (applied.Optimizer.LearningRate, Math.Round(applied.Layers[0].LearningRate!.Value, 12), applied.Layers[1].Factor!.Value));
    }

    [Fact]
    public void A_plan_is_measured_by_its_steps()
    {
        var plan = Plan() with { Epochs = 4, Average = new Ema(), Layers = [new() { Pattern = "*", Frozen = true, ToEpoch = 1 }, new() { Pattern = "head", Factor = 10 }] };
        var estimate = Measure(plan, _data);
        var all = s_network.Tensors(3).Where(tensor => tensor.Role == TensorRole.Parameter).Sum(tensor => tensor.Elements);
        Assert.Equal((all, 0L, 21, 15, 4 * 3, 6, 1), (estimate.TrainedParameters, estimate.FrozenParameters, estimate.Samples, estimate.ValidationSamples, estimate.Steps, estimate.TimedSteps, estimate.Threads));
        Assert.True(estimate is { StepSecondsP50: > 0, ValidationSeconds: > 0, Fits: true, FreeDiskBytes: > 0 });
        Assert.True(estimate.StepSecondsP50 <= estimate.StepSecondsP90 && estimate.DurationLow <= estimate.DurationHigh);
        Assert.Equal(estimate.SecondsPerEpoch, 3 * estimate.StepSecondsP50 + estimate.ValidationSeconds, 6);
        Assert.InRange(estimate.PeakMemoryBytes, 50L << 20, 64L << 30);

        var head = Measure(Plan() with { Layers = [new() { Pattern = "*", Frozen = true }, new() { Pattern = "head", Factor = 1 }] }, _data);
        Assert.Equal(s_network.Tensors(3).Where(tensor => tensor.Group == "head").Sum(tensor => tensor.Elements), head.TrainedParameters);
        Assert.Equal(all, head.TrainedParameters + head.FrozenParameters);

        var run = Run(plan with { Layers = [] }, "run");
        var checkpoint = new DirectoryInfo(new RunFolder(run.Path).Checkpoints().First()).EnumerateFiles().Sum(file => file.Length);
        Assert.InRange(checkpoint, estimate.CheckpointBytes, estimate.CheckpointBytes * 1.2 + 65536);
    }

    [Fact]
    public void Peak_memory_is_seen_though_it_is_gone_afterwards()
    {
        Assert.InRange(MeasuredMemory.Of(nameof(LearningRateSearchTests)), 150L << 20, 600L << 20);
    }

    // Of 200 MB that are gone when it is asked for.
    internal static long MeasuredPeak()
    {
        TorchRuntime.Ensure();
        using var peak = new MemoryPeak();
        var before = Environment.WorkingSet;
        using (var large = torch.ones(200 << 18)) Thread.Sleep(50);
        return peak.Bytes - before;
    }

    [Fact]
    public void A_curve_is_drawn_by_the_logarithm_of_its_rates()
    {
        var curve = Find(Plan(), new());
        var drawing = new RateDrawing(curve);
        var text = drawing.Text(80, colors: false);
        Assert.Contains("suggestion", text);
        Assert.Contains("1e-5", text);
        var page = _folder["rates.html"];
        drawing.Save(page);
        Assert.Contains("Learning-rate range test", File.ReadAllText(page));
        Assert.Contains("1e-5", File.ReadAllText(page));
        Assert.Equal(0x89, drawing.Image(".png")[0]);
        if (Environment.GetEnvironmentVariable("PSFINETUNE_LOOK") is { } folder)
        {
            foreach (var ending in new[] { "png", "html" }) drawing.Save(Path.Combine(folder, "rates." + ending));
            File.WriteAllText(Path.Combine(folder, "rates.txt"), text);
        }
    }

    TrainingPlan Plan() => PlanStart.For(s_network, _data, null, new Tutorial()) with { BatchSize = 7, Threads = 1, Epochs = 2 };

    // Whose run writes what its frozen layers make of the samples, and begins with a linear probe.
    TrainingPlan Cached() => PlanStart.For(s_network, _data, null, new Fast()) with { BatchSize = 7, Threads = 1, Epochs = 2, Dataset = _data.Reference };

    LearningRateCurve Find(TrainingPlan plan, LearningRateSearch search) => Find(plan, search, _data);

    LearningRateCurve Find(TrainingPlan plan, LearningRateSearch search, Dataset? data) => search.Run(plan, data, _folder["content"], null, CancellationToken.None).Last().Curve!;

    PlanEstimate Measure(TrainingPlan plan, Dataset? data) => new PlanTrial().Run(plan, data, _folder["nowhere/yet"], null, CancellationToken.None).Last().Estimate!;

    RunRecord Run(TrainingPlan plan, string workspace) => FineTuning.Run(plan, _data, _folder[workspace], null, CancellationToken.None).OfType<RunDone>().Single().Record;

    string Weights(TrainingPlan plan, string workspace) => Run(plan, workspace).WeightsHash;

    string Tree() => FileTree.Of(_folder.Path);

    static string RandomState()
    {
        using var state = torch.random.get_rng_state();
        return Convert.ToHexString(SHA256.HashData(state.data<byte>().ToArray()));
    }
}

using System.Runtime.InteropServices;
using PSFineTune.Data;
using PSFineTune.Losses;
using PSFineTune.Models;
using PSFineTune.Optimizers;
using PSFineTune.Recipes;
using PSFineTune.Training;
using PSFineTune.Training.Averages;
using PSFineTune.Training.ClassWeights;
using TorchSharp;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>What a step does, whatever it is computed in, and what it counts.</summary>
[Collection("Training")]
public sealed class LearnerTests : IDisposable
{
    // Without batch norm.
    static readonly SqueezeNet1_1 s_network = new();

    readonly TempFolder _folder = new();
    readonly ImageDataset _data;

    public LearnerTests()
    {
        Pictures.WriteClasses(_folder["data"], classes: 3, each: 12);
        for (var i = 0; i < 30; i++) Pictures.Write(_folder[$"data/class0/more{i}.png"], 5000 + i);
        _data = ImageDataset.Import(new ImageDatasetReference { Root = _folder["data"], ValidationFraction = 0.2 }, _folder["workspace"], CancellationToken.None);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Four_times_eight_is_thirty_two()
    {
        using var whole = Stepped(Plan() with { BatchSize = 32 });
        using var parts = Stepped(Plan() with { BatchSize = 32, Accumulation = 4 });
        foreach (var (name, expected) in whole.Network.State) Assert.True(expected.allclose(parts.Network.State[name], 1e-4, 1e-6), name);
        using var other = Stepped(Plan() with { BatchSize = 16 });
        Assert.Contains(whole.Network.State, pair => !pair.Value.allclose(other.Network.State[pair.Key], 1e-4, 1e-6));
    }

    [Theory]
    [InlineData("Balanced", new[] { 60, 20, 10 }, new[] { 0.5, 1.5, 3.0 })]
    [InlineData("EffectiveNumber", new[] { 1000, 100, 10 }, new[] { 0.04216, 0.28, 2.67784 })]
    public void Class_weights_are_those_of_the_literature(string name, int[] counts, double[] expected)
    {
        string[] classes = ["a", "b", "c"];
        var weights = Catalog<ClassWeightSpec>.Create(name).Of(classes, counts);
        Assert.All(weights.Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 3));
    }

    [Fact]
    public void Weights_by_class_are_taken_by_name()
    {
        Assert.Equal([2, 1, 1], new ByClass { Weights = new Dictionary<string, double> { ["a"] = 2 } }.Of(["a", "b", "c"], [1, 1, 1]));
        Assert.Equal("UnknownName", Assert.Throws<FineTuneException>(() => new ByClass { Weights = new Dictionary<string, double> { ["x"] = 2 } }.Of(["a"], [1])).Id);
        Assert.Throws<FineTuneException>(() => new ByClass { Weights = new Dictionary<string, double> { ["a"] = -1 } }.Validate());
    }

    [Fact]
    public void Uneven_classes_are_worth_a_word_unless_the_plan_deals_with_them()
    {
        Pictures.Write(_folder["data/rare/1.png"], 9001);
        Pictures.Write(_folder["data/rare/2.png"], 9002);
        var data = ImageDataset.Import(new ImageDatasetReference { Root = _folder["data"], ValidationFraction = 0.01 }, _folder["workspace"], CancellationToken.None);
        Assert.Contains("rare", ClassCounts.Warning(data, Plan()));
        Assert.Null(ClassCounts.Warning(data, Plan() with { ClassWeight = new Balanced() }));
        Assert.Null(ClassCounts.Warning(data, Plan() with { Sampler = new Training.Samplers.Balanced() }));
        Assert.Null(ClassCounts.Warning(_data, Plan()));
    }

    [Fact]
    public void A_balanced_sampler_draws_every_class_alike()
    {
        var rows = Enumerable.Range(0, 9000).ToArray();
        var drawn = new Training.Samplers.Balanced().Order(rows, row => row < 8000 ? 0 : row < 8900 ? 1 : 2, RandomStream.For(1, 1, "order"));
        Assert.Equal(rows.Length, drawn.Length);
        Assert.All(drawn.GroupBy(row => row < 8000 ? 0 : row < 8900 ? 1 : 2), group => Assert.InRange(group.Count(), 2800, 3200));
    }

    [Fact]
    public void An_average_follows_by_its_rule()
    {
        Assert.Equal(1 - 2.0 / 11, new Ema().Share(1, 100, 10), 12);
        Assert.Equal(0.001, new Ema().Share(100_000, 1, 1), 12);
        // Ten epochs of ten steps: a copy until the eighth is over, then the mean of the last three.
        var swa = new Swa { Start = 0.7 };
        Assert.All(Enumerable.Range(1, 80), step => Assert.Equal(1, swa.Share(step, 100, 10)));
        Assert.Equal([0, 0.5, 0, 1 / 3.0], new[] { 85, 90, 95, 100 }.Select(step => swa.Share(step, 100, 10)));
    }

    [Fact]
    public void Where_memory_runs_out_a_batch_is_computed_in_parts_and_the_step_stays()
    {
        using var whole = Stepped(Plan() with { BatchSize = 32 });
        var said = new List<string>();
        using var parts = Stepped(Plan() with { BatchSize = 32, Loss = new Thirsty() }, said.Add);
        Assert.Equal(4, parts.Parts);
        Assert.Contains("in 4 parts", said[^1]);
        foreach (var (name, expected) in whole.Network.State) Assert.True(expected.allclose(parts.Network.State[name], 1e-4, 1e-6), name);
        var fault = Assert.Throws<FineTuneException>(() => Stepped(Plan() with { Loss = new Thirsty { Most = 0 } }));
        Assert.Equal(("OutOfMemory", FaultKind.LimitExceeded), (fault.Id, fault.Kind));
    }

    [Fact]
    public void Memory_that_climbs_stops_the_run_and_memory_that_swings_does_not()
    {
        var swings = new MemoryWatch();
        for (var step = 1; step <= 5000; step++) swings.Check(step, (1L << 30) + (step % 300 << 20));
        var grows = new MemoryWatch();
        Assert.Equal("MemoryGrows", Assert.Throws<FineTuneException>(() =>
        {
            for (var step = 1; step <= 5000; step++) grows.Check(step, (1L << 30) + ((long)step << 20));
        }).Id);
    }

    /// <summary>A loss that has memory for some samples at a time only.</summary>
    sealed record Thirsty : LossSpec
    {
        public int Most { get; init; } = 8;

        internal override torch.Tensor Of(torch.Tensor logits, torch.Tensor targets) =>
            logits.shape[0] <= Most ? new CrossEntropy().Of(logits, targets) : throw new ExternalException("[enforce fail at alloc_cpu.cpp:117] err == 0. DefaultCPUAllocator: can't allocate memory: you tried to allocate 1 bytes.");
    }

    TrainingPlan Plan() => PlanStart.For(s_network, _data, "Random", new Tutorial()) with
    {
        Epochs = 1, Threads = 1, Augment = new(), Optimizer = new Sgd { LearningRate = 0.05 }, Preprocessing = s_network.DefaultPreprocessing with { InputSize = 40 },
    };

    // Without dropout, whose choice depends on the shape that it is asked for.
    Learner Stepped(TrainingPlan plan, Action<string>? say = null)
    {
        var learner = new Learner(s_network, plan, _data);
        learner.Begin(1);
        learner.Network.Training = false;
        var loader = new BatchLoader(s_network.NewReader(SampleSource.Of(_data), plan.Preprocessing!, plan.Augment, PSFineTune.Packaging.ModelParts.None), plan.BatchSize, 1);
        var pace = new RunPace(1, 1);
        pace.Next([]);
        learner.Step(loader.Read(_data.RowsOf(Split.Train), _ => null, default).First(), loader.Reader, pace, 1, say ?? (_ => { }));
        return learner;
    }
}

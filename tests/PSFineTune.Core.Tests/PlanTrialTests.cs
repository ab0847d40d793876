using PSFineTune.Augment;
using PSFineTune.Data;
using PSFineTune.Models;
using PSFineTune.Recipes;
using PSFineTune.Training;
using PSFineTune.Training.Frozen;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>What a run will take is measured on what the run will do: behind layers that are computed once, and from where it stands.</summary>
[Collection("Training")]
public sealed class PlanTrialTests : IDisposable
{
    // Of 54 training samples, eight each; 30 are for validation.
    const int Batches = 7;

    static readonly ResNet20 s_network = new();

    readonly TempFolder _folder = new();
    readonly ImageDataset _data;

    public PlanTrialTests()
    {
        Pictures.WriteClasses(_folder["data"], classes: 3, each: 28);
        _data = ImageDataset.Import(new ImageDatasetReference { Root = _folder["data"], ValidationFraction = 0.25 }, _folder["content"], CancellationToken.None);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_pass_is_told_from_some_of_its_batches()
    {
        var pass = PassTime.Of([5, 7, 9, 11]);
        Assert.Equal((5, 2), (pass.First, pass.Each));
        Assert.Equal([0, 5, 7, 11, 5 + 2 * 99], new double[] { 0, 1, 2, 4, 100 }.Select(pass.Seconds));
        Assert.Equal(12, PassTime.Of([4]).Seconds(3));
        Assert.Equal(0, PassTime.Of([]).Seconds(3));
    }

    [Fact]
    public void The_duration_is_preparation_steps_and_validation()
    {
        var steps = Enumerable.Range(1, 11).Select(step => step / 10.0).Reverse().ToArray();
        var estimate = new PlanTimes(Preparation: 100, steps, Validation: 3).AddTo(new() { Steps = 50, Epochs = 4 }, stepsPerEpoch: 20);
        Assert.Equal((11, 0.6, 1.0), (estimate.TimedSteps, Math.Round(estimate.StepSecondsP50, 9), Math.Round(estimate.StepSecondsP90, 9)));
        Assert.Equal((100, 3, 15), (estimate.PreparationSeconds, estimate.ValidationSeconds, Math.Round(estimate.SecondsPerEpoch, 9)));
        Assert.Equal(100 + 50 * 0.6 + 4 * 3, estimate.DurationLow.TotalSeconds, 6);
        Assert.Equal(100 + 50 * 1.0 + 4 * 3, estimate.DurationHigh.TotalSeconds, 6);
    }

    [Fact]
    public void Outputs_that_are_to_be_written_are_told_to_the_byte_and_those_that_are_there_take_no_time()
    {
        var plan = Plan(new HeadOnly()) with { Epochs = 1, CachedViews = 3 };
        var before = Measure(plan, "workspace");
        Run(plan);
        var files = new DirectoryInfo(_folder["workspace/cache/outputs"]).GetFiles();
        Assert.Equal(4, files.Length);
        Assert.Equal(files.Sum(file => file.Length), before.CacheBytes);
        Assert.True(before.PreparationSeconds > 0 && before.DurationLow.TotalSeconds > before.PreparationSeconds);

        var after = Measure(plan, "workspace");
        Assert.Equal((0, 0), (after.CacheBytes, after.PreparationSeconds));
        var gone = files.Single(file => file.Name.EndsWith("view2.bin", StringComparison.Ordinal));
        var size = gone.Length;
        gone.Delete();
        var some = Measure(plan, "workspace");
        Assert.Equal(size, some.CacheBytes);
        Assert.True(some.PreparationSeconds > 0);
    }

    [Fact]
    public void A_linear_probe_takes_time_before_the_first_step_alone()
    {
        var plan = Plan(new Fast()) with { Epochs = 1 };
        Run(plan);
        Assert.True(Measure(plan, "workspace") is { CacheBytes: 0, PreparationSeconds: > 0 });
        Assert.Equal(0, Measure(plan with { ProbePenalty = null }, "workspace").PreparationSeconds);
        Assert.True(Measure(Plan(new Tutorial()) with { ProbePenalty = 0.1 }, "workspace") is { CacheBytes: 0, PreparationSeconds: > 0 });

        var network = new SqueezeNet1_1();
        var none = Plan(new Fast()) with { Model = network, Preprocessing = network.DefaultPreprocessing with { InputSize = 40 }, ProbePenalty = 0.1, Layers = [new() { Pattern = "*", Frozen = true }, new() { Pattern = "head", Factor = 1 }] };
        Assert.Equal("BadPlanSetting", Assert.Throws<FineTuneException>(() => Measure(none, "workspace")).Id);
    }

    [Fact]
    public void Images_that_grow_take_a_part_of_the_time()
    {
        var plan = Plan(new HeadOnly()) with { StartImageSize = 16 };
        Assert.Equal((0.25 + 1) / 2, ProgressiveSize.ShareOf(plan with { Epochs = 2 }, views: 2));
        Assert.Equal((0.25 + 0.25 + 1 + 1 + 1) / 5, ProgressiveSize.ShareOf(plan with { Epochs = 5 }, views: 2));
        Assert.Equal((0.25 + 0.25 + 1) / 3, ProgressiveSize.ShareOf(plan with { Epochs = 3 }, views: 0));
        var estimate = new PlanTimes(10, [2, 2, 2], 3, Share: 0.5).AddTo(new() { Steps = 100, Epochs = 4 }, stepsPerEpoch: 25);
        Assert.Equal((TimeSpan.FromSeconds(10 + 100 + 12), 25 + 3, 2), (estimate.DurationLow, estimate.SecondsPerEpoch, estimate.StepSecondsP50));
        var (full, growing) = (Measure(plan with { StartImageSize = null }, "workspace"), Measure(plan, "workspace"));
        Assert.InRange(growing.CacheBytes, 1, full.CacheBytes - 1);
    }

    [Fact]
    public void The_steps_that_are_timed_are_given_what_those_of_the_run_are()
    {
        var plan = Plan(new HeadOnly()) with { Epochs = 1 };
        var trial = Trial.Of(plan, _data, _folder["workspace"], null, default);
        Assert.Equal([1, 2, 3, 4, 1, 2, 3, 4], new PreparationTrial(trial, plan, RunFolder.OutputsIn(_folder["workspace"]), isNew: true).Run(default));
        Assert.Equal(4, trial.Learner.FromGroup);
        Assert.Equal((32, 30), (trial.TrainRows.Length, trial.ValidationRows.Length));
        Assert.False(Directory.Exists(_folder["workspace"]));
        var seen = trial.Batches(default).Take(4).SelectMany(batch => Enumerable.Range(0, batch.Count).Select(slot => (Row: batch.Rows[slot], Values: Values(batch, slot)))).ToDictionary(pair => pair.Row, pair => pair.Values);
        trial.Dispose();

        Run(plan);
        using var threads = PSFineTune.Native.TorchRuntime.UseThreads(plan.Threads);
        using var network = SourceNetwork.Target(s_network, plan, 3);
        using var written = new FrozenOutputs(plan, _data, network, 4, _ => trial.Loader, _folder["workspace/cache/outputs"]);
        Assert.Empty(written.Prepare(default));
        Assert.Equal(32, seen.Count);
        foreach (var (row, values) in seen)
        {
            var (expected, targets) = (new float[values.Length], new float[3]);
            written.Of(1).Read(row, new DrawKey(plan.Seed, 1, _data.KeyAt(row)), expected, targets);
            Assert.All(expected.Zip(values), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
        }

        static float[] Values(Batch batch, int slot) => batch.Inputs.Values.Single().Slot<float>(slot).ToArray();
    }

    [Fact]
    public void Without_cached_views_nothing_comes_before_the_steps()
    {
        var plan = Plan(new HeadOnly());
        var (plain, cached) = (Measure(plan with { CachedViews = 0 }, "workspace"), Measure(plan, "workspace"));
        Assert.Equal((0, 0), (plain.PreparationSeconds, plain.CacheBytes));
        Assert.True(cached.PreparationSeconds > 0 && cached.CacheBytes > 0);
        Assert.Equal((plain.Steps, plain.TrainedParameters, plain.FrozenParameters), (cached.Steps, cached.TrainedParameters, cached.FrozenParameters));
    }

    [Fact]
    public void A_disk_without_room_for_the_outputs_does_not_fit()
    {
        // More views than any disk has room for.
        Assert.True(Measure(Plan(new Fast()), "workspace").Fits);
        var large = Plan(new Fast()) with { CachedViews = 1000, ProbePenalty = null };
        var estimate = Measure(large, "workspace");
        Assert.InRange(estimate.CacheBytes, 100L << 20, long.MaxValue);
        Assert.Equal(estimate.FreeDiskBytes >= Checkpoint.SpaceFor(estimate.CheckpointBytes) + estimate.CacheBytes, estimate.Fits);
    }

    [Theory]
    [InlineData(0), InlineData(2)]
    public void Of_a_run_that_goes_on_what_is_left_is_measured(int views)
    {
        var plan = Plan(new Fast()) with { Epochs = 3, CachedViews = views };
        Assert.Equal((null, 0, 3, 3 * Batches), Standing(Measure(plan, "workspace", resume: true)));
        foreach (var done in FineTuning.Run(plan, _data, _folder["workspace"], null, default).OfType<StepDone>())
            if (done.Step == 11) break;
        var tree = Tree();
        var left = Measure(plan with { Threads = 1 }, "workspace", resume: true);
        Assert.Equal((Newest(plan).Id, 1, 2, 3 * Batches - 11), Standing(left));
        Assert.Equal((0, 0), (left.PreparationSeconds, left.CacheBytes));
        Assert.Equal(2 * left.ValidationSeconds + (3 * Batches - 11) * left.StepSecondsP50, left.DurationLow.TotalSeconds, 5);
        Assert.Equal((null, 0, 3, 3 * Batches), Standing(Measure(plan, "workspace")));
        Assert.Equal((null, 0, 3, 3 * Batches), Standing(Measure(plan with { Seed = 9 }, "workspace", resume: true)));
        Assert.Equal(tree, Tree());
        Assert.Equal("DatasetChangedSinceCheckpoint", Assert.Throws<FineTuneException>(() => Measure(plan, "workspace", resume: true, Other())).Id);

        FineTuning.Run(plan, _data, _folder["workspace"], null, default, new() { Resume = true }).Last();
        tree = Tree();
        var nothing = Measure(plan, "workspace", resume: true);
        Assert.Equal((Newest(plan).Id, 3, 0, 0), Standing(nothing));
        Assert.Equal((TimeSpan.Zero, TimeSpan.Zero, 0, 0), (nothing.DurationLow, nothing.DurationHigh, nothing.SecondsPerEpoch, nothing.TimedSteps));
        Assert.True(nothing is { Fits: true, FreeDiskBytes: > 0, TrainedParameters: > 0 });
        Assert.Equal(tree, Tree());
    }

    [Fact]
    public void A_run_without_a_checkpoint_begins_anew()
    {
        var plan = Plan(new HeadOnly()) with { Epochs = 2 };
        var run = Run(plan);
        var folder = new RunFolder(run.Path);
        folder.Record = folder.Record with { ExitCode = null, End = null, Epochs = [] };
        foreach (var checkpoint in folder.Checkpoints()) Directory.Delete(checkpoint, recursive: true);
        Assert.Equal((folder.Id, 0, 2, 2 * Batches), Standing(Measure(plan, "workspace", resume: true)));
    }

    TrainingPlan Plan(Recipe recipe) => PlanStart.For(s_network, _data, "Random", recipe) with { BatchSize = 8, Threads = 1, Augment = new() { Ops = [new RandomHorizontalFlip()] } };

    static (string? Run, int Done, int Epochs, int Steps) Standing(PlanEstimate estimate) => (estimate.Run, estimate.EpochsDone, estimate.Epochs, estimate.Steps);

    PlanEstimate Measure(TrainingPlan plan, string workspace, bool resume = false, Dataset? data = null) =>
        new PlanTrial(Resume: resume).Run(plan, data ?? _data, _folder[workspace], null, default).Last().Estimate!;

    RunFolder Newest(TrainingPlan plan) => RunFolder.NewestOf(_folder["workspace"], plan)!;

    RunRecord Run(TrainingPlan plan) => FineTuning.Run(plan, _data, _folder["workspace"], null, default).OfType<RunDone>().Single().Record;

    // The same photos but for one; the plan does not say which it wants, as where it was made anew.
    ImageDataset Other()
    {
        var other = _folder["other"];
        Pictures.WriteClasses(other, classes: 3, each: 29);
        return ImageDataset.Import(new ImageDatasetReference { Root = other, ValidationFraction = 0.25 }, _folder["content"], CancellationToken.None);
    }

    string Tree() => FileTree.Of(_folder["workspace"]);
}

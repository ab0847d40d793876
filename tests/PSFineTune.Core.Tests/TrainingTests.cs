using PSFineTune.Data;
using PSFineTune.Models;
using PSFineTune.Optimizers;
using PSFineTune.Recipes;
using PSFineTune.Schedules;
using PSFineTune.Training;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>Training on a handful of small generated pictures: what a recipe promises, not how well it learns.</summary>
[Collection("Training")]
public sealed class TrainingTests : IDisposable
{
    static readonly ResNet20 s_network = new();

    readonly TempFolder _folder = new();
    readonly ImageDataset _data;

    public TrainingTests()
    {
        Pictures.WriteClasses(_folder["data"], classes: 3, each: 8);
        _data = ImageDataset.Import(new ImageDatasetReference { Root = _folder["data"], ValidationFraction = 0.25 }, _folder["workspace"], CancellationToken.None);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Tutorial_moves_all_layers_by_sgd_and_the_head_ten_times_as_fast()
    {
        var plan = Plan(new Tutorial());
        using var network = s_network.Build(3, plan.Seed);
        using var optimizer = new PacedOptimizer(plan, network);
        optimizer.Begin(1);
        Assert.Equal(new Sgd { LearningRate = 0.01, WeightDecay = 0.001, Momentum = 0, Dampening = 0, Nesterov = false, DecayNormAndBias = true }, plan.Optimizer);
        Assert.Equal(network.Parameters.Select(pair => pair.Spec.Name), optimizer.States.Select(state => state.Spec.Name));
        Assert.All(optimizer.States, state => Assert.Equal(state.Spec.Group == "head" ? 0.1 : 0.01, state.LearningRate));
    }

    [Fact]
    public void Head_only_moves_the_head_by_adam()
    {
        var plan = Plan(new HeadOnly());
        using var network = s_network.Build(3, plan.Seed);
        using var optimizer = new PacedOptimizer(plan, network);
        optimizer.Begin(1);
        Assert.Equal(new Adam { LearningRate = 1e-4, Beta1 = 0.9, Beta2 = 0.999, Epsilon = 1e-8, WeightDecay = 0, DecayNormAndBias = true }, plan.Optimizer);
        Assert.Equal([("head", 1e-4), ("head", 1e-4)], optimizer.States.Select(state => (state.Spec.Group, state.LearningRate)));
    }

    [Fact]
    public void Output_layer_steps_ten_times_its_gradient()
    {
        var plan = Plan(new Tutorial()) with { Optimizer = new Sgd { LearningRate = 0.01, WeightDecay = 0 }, Epochs = 1 };
        using var network = s_network.Build(3, plan.Seed);
        using var optimizer = new PacedOptimizer(plan, network);
        optimizer.Begin(1);
        optimizer.Pace(1);
        var before = network.Parameters.ToDictionary(pair => pair.Spec.Name, pair => pair.Parameter.detach().clone());
        foreach (var (_, parameter) in network.Parameters) parameter.grad = TorchSharp.torch.ones_like(parameter);
        optimizer.Step();
        foreach (var (spec, parameter) in network.Parameters)
        {
            using var moved = (before[spec.Name] - parameter.detach()).abs();
            Assert.InRange(moved.max().item<float>(), (spec.Group == "head" ? 0.1 : 0.01) * 0.999, (spec.Group == "head" ? 0.1 : 0.01) * 1.001);
        }
    }

    [Fact]
    public void Head_only_changes_nothing_but_the_head()
    {
        var plan = Plan(new HeadOnly()) with { Epochs = 1 };
        using var before = s_network.Build(3, plan.Seed);
        var run = Run(plan);
        using var after = TrainedModel(run);
        foreach (var spec in before.Specs)
        {
            var same = before.State[spec.Name].allclose(after.State[spec.Name], 0, 0);
            Assert.True(same == (spec.Group != "head"), $"{spec.Name} {(same ? "did not change" : "changed")}");
        }
    }

    [Fact]
    public void Frozen_batch_norm_moves_only_when_asked()
    {
        var plan = Plan(new HeadOnly()) with { Epochs = 1 };
        plan = plan with { Layers = [new() { Pattern = "*", Frozen = true, TrainBatchNorm = true }, new() { Pattern = "head", Factor = 1 }] };
        using var before = s_network.Build(3, plan.Seed);
        using var after = TrainedModel(Run(plan));
        Assert.False(before.State["bn1.running_mean"].allclose(after.State["bn1.running_mean"], 0, 0));
        Assert.True(before.State["bn1.weight"].allclose(after.State["bn1.weight"], 0, 0));
    }

    [Fact]
    public void A_schedule_sees_the_validation_losses_of_the_epochs_before()
    {
        var plan = Plan(new Tutorial()) with { Epochs = 4, Schedule = new ReduceOnPlateau { Patience = 0, Threshold = 0.999 } };
        Assert.Equal([1, 1, 0.1, 0.01], Run(plan).Epochs.Select(epoch => Math.Round(epoch.LearningRate / 0.01, 6)));
    }

    [Fact]
    public void Clipped_gradients_move_less()
    {
        var plan = Plan(new Tutorial()) with { Optimizer = new Sgd { LearningRate = 1, WeightDecay = 0 }, Layers = [], ClipNorm = 1e-3, BatchSize = 15 };
        using var before = s_network.Build(3, plan.Seed);
        using var after = TrainedModel(Run(plan));
        var moved = before.Parameters.Sum(pair => (after.State[pair.Spec.Name] - pair.Parameter).square().sum().item<float>());
        Assert.InRange(Math.Sqrt(moved), 0.9e-3, 1.001e-3);
    }

    [Fact]
    public void Same_seed_same_weights()
    {
        var plan = Plan(new Tutorial()) with { Epochs = 2 };
        var (first, second, other) = (Run(plan), Run(plan), Run(plan with { Seed = 7 }));
        Assert.Equal(first.WeightsHash, second.WeightsHash);
        Assert.NotEqual(first.WeightsHash, other.WeightsHash);
        Assert.NotEqual(first.Id, second.Id);
    }

    [Fact]
    public void A_run_that_is_no_longer_pulled_was_stopped_and_one_that_throws_has_failed()
    {
        var plan = Plan(new Tutorial()) with { Epochs = 3 };
        foreach (var _ in FineTuning.Run(plan, _data, _folder["workspace"], null, CancellationToken.None).OfType<EpochDone>()) break;
        Assert.Equal(130, RunFolder.All(_folder["workspace"]).First().Record.ExitCode);
        var diverging = plan with { Optimizer = new Sgd { LearningRate = 1e30 } };
        Assert.Throws<FineTuneException>(() => FineTuning.Run(diverging, _data, _folder["workspace"], null, CancellationToken.None).Count());
        Assert.Equal(1, RunFolder.All(_folder["workspace"]).First().Record.ExitCode);
    }

    [Fact]
    public void A_sample_that_breaks_the_loss_is_named_with_its_draw()
    {
        var fault = Assert.Throws<FineTuneException>(() => Run(Plan(new Tutorial()) with { Optimizer = new Sgd { LearningRate = 1e30 }, BatchSize = 4 }));
        Assert.Equal("LossNotFinite", fault.Id);
        var json = fault.Detail![(fault.Detail!.IndexOf("from: ", StringComparison.Ordinal) + 6)..];
        var draw = PlanJson.Read<PSFineTune.Augment.AugmentDraw>(json);
        Assert.Contains(draw.Path, _data.Train.Cast<ImageSample>().Select(sample => sample.Path));
        using var again = draw.Apply();
        Assert.Equal(32, again.Width);
    }

    [Fact]
    public void A_cache_of_decoded_images_changes_nothing()
    {
        var plan = Plan(new Tutorial()) with { Epochs = 2 };
        var cached = Run(plan with { CacheSize = 1 << 20 });
        Assert.Equal(Run(plan).WeightsHash, cached.WeightsHash);
        Assert.True(new FileInfo(Path.Combine(_folder["workspace"], "cache", "canvases", "pixels.bin")).Length > 0);
        Assert.Equal(cached.WeightsHash, Run(plan with { CacheSize = 1 << 20 }).WeightsHash);
    }

    [Fact]
    public void A_run_leaves_the_threads_of_the_process_as_they_were()
    {
        var before = PSFineTune.Native.TorchRuntime.Threads;
        Assert.Equal(1, Run(Plan(new Tutorial()) with { Epochs = 1, Threads = 1 }).Threads);
        Assert.Equal(before, PSFineTune.Native.TorchRuntime.Threads);
    }

    [Fact]
    public void Weights_that_changed_since_the_plan_are_refused()
    {
        using (var network = s_network.Build(3, 1)) PSFineTune.Packaging.Safetensors.WriteFile(_folder["a.safetensors"], network.Store());
        var plan = PlanStart.For(s_network, _data, _folder["a.safetensors"], new Tutorial());
        Assert.Equal(64, plan.WeightsSha256!.Length);
        using (var network = s_network.Build(3, 2)) PSFineTune.Packaging.Safetensors.WriteFile(_folder["a.safetensors"], network.Store());
        Assert.Equal("WeightsChanged", Assert.Throws<FineTuneException>(() => Run(plan)).Id);
    }

    public static TheoryData<OptimizerSpec> BadOptimizers => [
        new Sgd { LearningRate = double.NaN }, new Sgd { WeightDecay = -1 }, new Sgd { Momentum = 1.5 }, new Adam { Beta1 = 1 },
        new Adam { Beta2 = 2 }, new Adam { Epsilon = 0 }];

    [Theory, MemberData(nameof(BadOptimizers))]
    public void Optimizer_settings_out_of_range_are_refused(OptimizerSpec optimizer) =>
        Assert.Equal("BadPlanSetting", Assert.Throws<FineTuneException>(() => PlanCheck.Settings(Plan(new Tutorial()) with { Optimizer = optimizer })).Id);

    [Fact]
    public void Schedule_settings_out_of_range_are_refused() =>
        Assert.Equal("BadPlanSetting", Assert.Throws<FineTuneException>(() => PlanCheck.Settings(Plan(new Tutorial()) with { Schedule = new Cosine { Warmup = 1 } })).Id);

    [Fact]
    public void Record_tells_what_happened()
    {
        var run = Run(Plan(new Tutorial()) with { Epochs = 2 });
        Assert.Equal([1, 2], run.Epochs.Select(epoch => epoch.Epoch));
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(_data.Classes, run.Classes);
        Assert.Equal(run.Epochs.Max(epoch => epoch.Accuracy), run.Accuracy);
        var kept = RunFolder.Find(_folder["workspace"], run.Id);
        Assert.Equal(PlanJson.Write(run), PlanJson.Write(kept.Record));
        Assert.Equal(2, File.ReadAllLines(Path.Combine(run.Path, "log.jsonl")).Length);
        Assert.Empty(Directory.EnumerateFiles(run.Path, "*.tmp", SearchOption.AllDirectories));
    }

    [Fact]
    public void Stops_within_one_step_and_keeps_the_last_checkpoint()
    {
        using var stop = new CancellationTokenSource();
        var (steps, after) = (0, 0);
        Assert.ThrowsAny<OperationCanceledException>(() =>
        {
            foreach (var happened in FineTuning.Run(Plan(new Tutorial()) with { Epochs = 3, BatchSize = 4 }, _data, _folder["workspace"], null, stop.Token))
            {
                if (happened is EpochDone) stop.Cancel();
                if (happened is StepDone && stop.IsCancellationRequested) after++;
                if (happened is StepDone) steps++;
            }
        });
        Assert.True(steps > 0);
        Assert.Equal(0, after);
        var left = Assert.Single(RunFolder.All(_folder["workspace"]));
        Assert.Equal(130, left.Record.ExitCode);
        using var network = TrainedModel(left.Record);
        Assert.Equal(left.Record.WeightsHash, network.WeightsHash());
    }

    [Fact]
    public void Exploding_loss_is_a_fault()
    {
        var fault = Assert.Throws<FineTuneException>(() => Run(Plan(new Tutorial()) with { Optimizer = new Sgd { LearningRate = 1e30 }, Epochs = 3, BatchSize = 4 }));
        Assert.Equal("LossNotFinite", fault.Id);
        Assert.Equal(1, Assert.Single(RunFolder.All(_folder["workspace"])).Record.ExitCode);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.PositiveInfinity)]
    public void Unusable_learning_rate_is_a_fault_before_anything_is_written(double rate)
    {
        var fault = Assert.Throws<FineTuneException>(() => Run(Plan(new Tutorial()) with { Optimizer = new Sgd { LearningRate = rate } }));
        Assert.Equal("BadPlanSetting", fault.Id);
        Assert.Empty(RunFolder.All(_folder["workspace"]));
    }

    [Fact]
    public void A_plan_that_freezes_everything_is_a_fault()
    {
        var plan = Plan(new Tutorial()) with { Layers = [new() { Pattern = "*", Frozen = true }] };
        Assert.Equal("NothingToTrain", Assert.Throws<FineTuneException>(() => Run(plan)).Id);
    }

    [Fact]
    public void Layers_thaw_in_the_epoch_that_was_asked_for()
    {
        var plan = Plan(new Tutorial()) with { Epochs = 2, Layers = [new() { Pattern = "stem", Frozen = true, ToEpoch = 1 }] };
        using var network = s_network.Build(3, plan.Seed);
        using var optimizer = new PacedOptimizer(plan, network);
        bool Trains() => network.Parameters.Single(pair => pair.Spec.Name == "conv1.weight").Parameter.requires_grad;
        optimizer.Begin(1);
        Assert.False(Trains());
        optimizer.Begin(2);
        Assert.True(Trains());
        Assert.Equal(network.Parameters.Count(), optimizer.States.Count);
    }

    [Fact]
    public void Thawing_with_momentum_is_no_leak_and_each_group_thaws_in_its_own_epoch()
    {
        var plan = Plan(new Tutorial()) with
        {
            Epochs = 3, BatchSize = 4, Optimizer = new Sgd { LearningRate = 0.01, Momentum = 0.9 },
            Layers = [new() { Pattern = "stem", Frozen = true, ToEpoch = 2 }, new() { Pattern = "stage1", Frozen = true, ToEpoch = 1 }],
        };
        Assert.Equal(0, Run(plan).ExitCode);
        using var network = s_network.Build(3, plan.Seed);
        using var optimizer = new PacedOptimizer(plan, network);
        foreach (var epoch in Enumerable.Range(1, 3))
        {
            optimizer.Begin(epoch);
            Assert.Equal(epoch == 3 ? [] : epoch == 2 ? ["stem"] : ["stem", "stage1"], optimizer.States.Where(state => state.LearningRate == 0).Select(state => state.Spec.Group).Distinct());
        }
    }

    [Fact]
    public void A_package_of_an_older_checkpoint_describes_that_one()
    {
        var run = Run(Plan(new Tutorial()) with { Epochs = 2 });
        File.Delete(Path.Combine(new RunFolder(run.Path).CheckpointPath(2), Checkpoint.WeightsName));
        var described = PSFineTune.Packaging.TrainedModel.From(run, _folder["workspace"]).Described;
        Assert.Single(described.Epochs);
        Assert.NotEqual(run.WeightsHash, described.WeightsHash);
    }

    [Fact]
    public void Changed_data_are_a_fault()
    {
        var plan = Plan(new Tutorial());
        Directory.CreateDirectory(_folder["data/class0"]);
        Pictures.Write(_folder["data/class0/new.png"], seed: 99);
        var changed = ImageDataset.Import(new ImageDatasetReference { Root = _folder["data"], ValidationFraction = 0.25 }, _folder["workspace"], CancellationToken.None);
        Assert.Equal("DatasetChanged", Assert.Throws<FineTuneException>(() => FineTuning.Run(plan, changed, _folder["workspace"], null, default).Last()).Id);
    }

    [Fact]
    public void A_workspace_that_cannot_be_written_is_a_fault()
    {
        File.WriteAllText(_folder["file"], "no folder");
        var fault = Assert.Throws<FineTuneException>(() => FineTuning.Run(Plan(new Tutorial()), _data, _folder["file/workspace"], null, default).Last());
        Assert.Equal(("CannotWrite", FaultKind.WriteError), (fault.Id, fault.Kind));
    }

    [Fact]
    public void A_damaged_checkpoint_is_passed_over_for_the_one_before()
    {
        var run = Run(Plan(new Tutorial()) with { Epochs = 2 });
        var folder = new RunFolder(run.Path);
        var newest = Checkpoint.Newest(folder);
        Assert.EndsWith("epoch-0002", newest);
        using (var weights = File.OpenWrite(Path.Combine(newest, Checkpoint.WeightsName))) weights.SetLength(weights.Length - 1);
        Assert.EndsWith("epoch-0001", Checkpoint.Newest(folder));
    }

    [Fact]
    public void Learns_its_samples()
    {
        var run = Run(Plan(new Tutorial()) with { Augment = new(), Optimizer = new Sgd { LearningRate = 0.005, Momentum = 0.9 }, Epochs = 8, BatchSize = 6 });
        Assert.True(run.Epochs[^1].TrainLoss < run.Epochs[0].TrainLoss / 2, $"loss went from {run.Epochs[0].TrainLoss} to {run.Epochs[^1].TrainLoss}");
    }

    TrainingPlan Plan(Recipe recipe) => PlanStart.For(s_network, _data, "Random", recipe) with { BatchSize = 8, Threads = 1, Epochs = 1 };

    RunRecord Run(TrainingPlan plan) => FineTuning.Run(plan, _data, _folder["workspace"], null, CancellationToken.None).OfType<RunDone>().Single().Record;

    static Classifier TrainedModel(RunRecord run)
    {
        var network = s_network.Build(run.Classes.Count, seed: 0);
        Checkpoint.Load(Checkpoint.Newest(new(run.Path)), network);
        return network;
    }
}

using PSFineTune.Augment;
using PSFineTune.Data;
using PSFineTune.Models;
using PSFineTune.Recipes;
using PSFineTune.Training;
using PSFineTune.Training.Frozen;
using Xunit;
using static TorchSharp.torch;

namespace PSFineTune.Tests;

/// <summary>What frozen layers make of samples is computed once, and changes nothing but the time.</summary>
[Collection("Training")]
public sealed class FrozenTests : IDisposable
{
    static readonly ResNet20 s_network = new();

    readonly TempFolder _folder = new();
    ImageDataset _data;

    public FrozenTests()
    {
        Pictures.WriteClasses(_folder["data"], classes: 3, each: 12);
        _data = Import();
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1), InlineData(3)]
    public void Behind_cached_layers_training_is_the_same(int epochs)
    {
        var plan = Plan(new HeadOnly()) with { Epochs = epochs };
        var (plain, cached) = (Run(plan with { CachedViews = 0 }), Run(plan with { CachedViews = epochs }));
        using var expected = Model(plain);
        using var weights = Model(cached);
        foreach (var (name, tensor) in expected.State) Assert.True(tensor.allclose(weights.State[name], 1e-3, 1e-5), name);
        Assert.All(plain.Epochs.Zip(cached.Epochs), pair => Assert.Equal(pair.First.TrainLoss, pair.Second.TrainLoss, 3));
        Assert.Equal(plain.Epochs.Select(epoch => epoch.Accuracy), cached.Epochs.Select(epoch => epoch.Accuracy));
    }

    [Fact]
    public void Labels_that_were_mixed_stay_mixed()
    {
        var plan = Plan(new HeadOnly()) with { Epochs = 1, CachedViews = 1, Augment = new() { Ops = [new MixUp()] } };
        Assert.Equal(Run(plan with { CachedViews = 0 }).Epochs[0].TrainLoss, Run(plan).Epochs[0].TrainLoss, 3);
    }

    [Fact]
    public void The_next_run_finds_it_until_something_changes()
    {
        var plan = Plan(new HeadOnly()) with { Epochs = 1, CachedViews = 2 };
        Assert.NotEmpty(Passes(plan));
        Assert.Empty(Passes(plan with { Optimizer = new PSFineTune.Optimizers.Sgd() }));
        Assert.NotEmpty(Passes(plan with { Augment = new() { Ops = [new RandomVerticalFlip()] } }));
        Assert.NotEmpty(Passes(plan with { Seed = 7 }));
        Pictures.Write(_folder["data/class0/new.png"], seed: 99);
        _data = Import();
        Assert.NotEmpty(Passes(plan with { Dataset = _data.Reference }));
    }

    [Fact]
    public void Other_rows_in_the_same_files_are_computed_anew()
    {
        var plan = Plan(new HeadOnly()) with { Epochs = 1, CachedViews = 1 };
        var first = Run(plan);
        // A name that comes first in its class: the same contents, labels and splits, so the same fingerprint, in another order.
        var moved = Directory.GetFiles(_folder["data/class1"]).Order(StringComparer.Ordinal).Last();
        File.Move(moved, Path.Combine(Path.GetDirectoryName(moved)!, "-first.png"));
        _data = Import();
        Assert.Equal(first.Plan.Dataset!.Fingerprint, _data.Fingerprint);
        Assert.NotEmpty(Passes(plan));
    }

    [Fact]
    public void Whoever_stops_pulling_leaves_no_pass_behind()
    {
        var plan = Plan(new HeadOnly()) with { Epochs = 1, CachedViews = 3, BatchSize = 2 };
        foreach (var happened in FineTuning.Run(plan, _data, _folder["workspace"], null, default))
            if (happened is PassDone) break;
        // Nothing is written any more: not even beside.
        var files = Directory.GetFiles(_folder["workspace/cache/outputs"]);
        Assert.DoesNotContain(files, file => !file.EndsWith(".bin", StringComparison.Ordinal));
        Thread.Sleep(200);
        Assert.Equal(files, Directory.GetFiles(_folder["workspace/cache/outputs"]));
        Assert.NotEmpty(Passes(plan));
    }

    [Fact]
    public void A_file_that_is_cut_off_is_written_again()
    {
        var plan = Plan(new HeadOnly()) with { Epochs = 1, CachedViews = 1 };
        var first = Run(plan);
        foreach (var file in Directory.GetFiles(_folder["workspace/cache/outputs"]))
            using (var stream = File.OpenWrite(file)) stream.SetLength(stream.Length - 1);
        Assert.NotEmpty(Passes(plan));
        Assert.Equal(first.WeightsHash, Run(plan).WeightsHash);
    }

    [Fact]
    public void A_flipped_bit_is_found_and_the_file_named()
    {
        var plan = Plan(new HeadOnly()) with { Epochs = 1, CachedViews = 1 };
        Run(plan);
        var file = Directory.GetFiles(_folder["workspace/cache/outputs"], "*view1.bin").Single();
        var bytes = File.ReadAllBytes(file);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(file, bytes);
        var fault = Assert.Throws<FineTuneException>(() => Run(plan));
        Assert.Equal("CannotRead", fault.Id);
        Assert.Contains(file, fault.Message);
    }

    [Fact]
    public void A_run_behind_cached_layers_goes_on_exactly()
    {
        var plan = Plan(new Fast());
        var whole = Run(plan);
        Assert.Equal(2, whole.Preparation.Count);
        Assert.Contains("computed once for 2 views", whole.Preparation[0]);
        Assert.Contains("linear probe", whole.Preparation[1]);
        foreach (var stop in new[] { 1, 5, 9 })
        {
            var workspace = _folder[$"stopped{stop}"];
            foreach (var done in FineTuning.Run(plan, _data, workspace, null, default).OfType<StepDone>())
                if (done.Step == stop) break;
            var resumed = FineTuning.Run(plan, _data, workspace, null, default, new() { Resume = true }).OfType<RunDone>().Single().Record;
            Assert.Equal(whole.WeightsHash, resumed.WeightsHash);
            Assert.Equal(whole.Preparation, resumed.Preparation);
        }
    }

    [Fact]
    public void The_frozen_prefix_ends_before_the_first_layer_that_changes()
    {
        var tensors = s_network.Tensors(3);
        Assert.Equal(4, FrozenPrefix.Of(Plan(new HeadOnly()), tensors));
        Assert.Equal(3, FrozenPrefix.Of(Plan(new Fast()), tensors));
        Assert.Equal(0, FrozenPrefix.Of(Plan(new Tutorial()), tensors));
        LayerRule all = new() { Pattern = "*", Frozen = true };
        Assert.Equal(4, FrozenPrefix.Of(Plan(new Tutorial()) with { Layers = [all] }, tensors));
        Assert.Equal(0, FrozenPrefix.Of(Plan(new Tutorial()) with { Layers = [all with { TrainBatchNorm = true }] }, tensors));
        Assert.Equal(1, FrozenPrefix.Of(Plan(new Tutorial()) with { Epochs = 3, Layers = [all, new() { Pattern = "stage1", Factor = 1, FromEpoch = 3 }] }, tensors));
    }

    [Fact]
    public void A_linear_probe_is_where_its_loss_has_no_slope()
    {
        using var network = s_network.Build(3, 1);
        var random = RandomStream.For(1, 1, "features");
        var (features, targets) = (new float[60 * 64], new float[60 * 3]);
        for (var i = 0; i < 60; i++)
        {
            targets[i * 3 + i % 3] = 1;
            for (var k = 0; k < 64; k++) features[i * 64 + k] = (float)(3 + random.Normal() * (k + 1) + (k % 3 == i % 3 ? k : 0));
        }
        const double penalty = 0.1;
        LinearProbe.Fit(network, features, targets, 3, penalty);

        using var scope = NewDisposeScope();
        var (weight, bias) = LinearProbe.Head(network)!.Value;
        var (x, t) = (tensor(features).view(60, 64), tensor(targets).view(60, 3));
        var scale = x.std(0, unbiased: false);
        var w = weight.detach().clone().requires_grad_();
        var b = bias.detach().clone().requires_grad_();
        var loss = (t * nn.functional.log_softmax(nn.functional.linear(x, w, b), 1)).sum(1).neg().mean() + penalty / 2 * (w * scale).pow(2).sum();
        loss.backward();
        Assert.InRange((w.grad! / scale).abs().max().item<float>(), 0, 1e-4);
        Assert.InRange(b.grad!.abs().max().item<float>(), 0, 1e-4);
        Assert.Equal(60, nn.functional.linear(x, w, b).argmax(1).eq(t.argmax(1)).sum().item<long>());
    }

    [Fact]
    public void A_head_that_is_not_linear_has_no_probe()
    {
        var network = new SqueezeNet1_1();
        var plan = PlanStart.For(network, _data, "Random", new Fast()) with { Preprocessing = network.DefaultPreprocessing with { InputSize = 40 }, Threads = 1, BatchSize = 8, Epochs = 1 };
        Assert.Null(plan.ProbePenalty);
        Assert.Equal(0, Run(plan).ExitCode);
        Assert.Equal("BadPlanSetting", Assert.Throws<FineTuneException>(() => Run(plan with { ProbePenalty = 0.1 })).Id);
    }

    [Fact]
    public void Batch_norm_that_is_frozen_stays_while_its_layers_learn()
    {
        var plan = Plan(new Tutorial()) with { Epochs = 1, FrozenBatchNorm = true, Optimizer = new PSFineTune.Optimizers.Sgd { LearningRate = 1e-5 } };
        using var before = s_network.Build(3, plan.Seed);
        using var after = Model(Run(plan));
        foreach (var spec in before.Specs)
            Assert.True(before.State[spec.Name].equal(after.State[spec.Name]).all().item<bool>() == spec.Name.Contains("bn"), spec.Name);
    }

    TrainingPlan Plan(Recipe recipe) => PlanStart.For(s_network, _data, "Random", recipe) with { BatchSize = 8, Threads = 1, Augment = new() { Ops = [new RandomHorizontalFlip()] } };

    ImageDataset Import() => ImageDataset.Import(new ImageDatasetReference { Root = _folder["data"], ValidationFraction = 0.25 }, _folder["workspace"], CancellationToken.None);

    IEnumerable<PassDone> Passes(TrainingPlan plan) => FineTuning.Run(plan, _data, _folder["workspace"], null, default).OfType<PassDone>().ToList();

    RunRecord Run(TrainingPlan plan) => FineTuning.Run(plan, _data, _folder["workspace"], null, default).OfType<RunDone>().Single().Record;

    static Classifier Model(RunRecord run)
    {
        var network = s_network.Build(run.Classes.Count, seed: 0);
        Checkpoint.Load(Checkpoint.Of(new(run.Path), run, run.Plan.Keep), network);
        return network;
    }
}

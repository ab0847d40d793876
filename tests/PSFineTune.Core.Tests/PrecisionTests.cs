using PSFineTune.Data;
using PSFineTune.Models;
using PSFineTune.Optimizers;
using PSFineTune.Recipes;
using PSFineTune.Training;
using TorchSharp;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>Training whose products are computed in bfloat16, and the question whether that is worth it.</summary>
[Collection("Training")]
public sealed class PrecisionTests : IDisposable
{
    static readonly ResNet20 s_network = new();

    readonly TempFolder _folder = new();
    readonly ImageDataset _data;

    public PrecisionTests()
    {
        Pictures.WriteClasses(_folder["data"], classes: 3, each: 8);
        _data = ImageDataset.Import(new ImageDatasetReference { Root = _folder["data"], ValidationFraction = 0.25 }, _folder["workspace"], CancellationToken.None);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_step_is_near_that_of_float32_and_another()
    {
        using var before = SourceNetwork.Target(s_network, Plan(Precision.Float32), _data.Classes.Count);
        using var exact = NewLearner(Precision.Float32);
        using var rounded = NewLearner(Precision.BFloat16);
        var (loss, near) = (Step(exact), Step(rounded));
        Assert.NotEqual(loss, near);
        Assert.InRange(near, loss * 0.98, loss * 1.02);
        var (error, length) = (0.0, 0.0);
        foreach (var (spec, parameter) in exact.Network.Parameters)
        {
            var other = rounded.Network.State[spec.Name];
            Assert.Equal(torch.float32, other.dtype);
            error += (other - parameter).square().sum().item<float>();
            length += (parameter - before.State[spec.Name]).square().sum().item<float>();
        }
        // Relative to how far the step of float32 goes.
        Assert.InRange(Math.Sqrt(error / length), 1e-4, 0.1);
    }

    [Fact]
    public void Evaluation_is_float32()
    {
        using var scope = torch.NewDisposeScope();
        using var network = SourceNetwork.Target(s_network, Plan(Precision.Float32), 3);
        var images = Classifier.ChannelsLast(torch.ones(2, 3, 32, 32));
        var expected = network.Forward(images);
        network.Precision = Precision.BFloat16;
        Assert.True(network.Forward(images).allclose(expected, 0, 0));
        network.Training = true;
        Assert.Equal(torch.bfloat16, network.Forward(images).dtype);
        Assert.All(network.State.Values, tensor => Assert.True(tensor.dtype == torch.float32 || tensor.dtype == torch.int64));
    }

    [Fact]
    public void A_run_learns_and_one_that_was_stopped_ends_with_the_same_weights()
    {
        var plan = Plan(Precision.BFloat16) with { Epochs = 4, Optimizer = new Sgd { LearningRate = 0.002 } };
        var whole = Run(plan, "whole");
        Assert.True(whole.Epochs[^1].TrainLoss < 0.8 * whole.Epochs[0].TrainLoss, string.Join(' ', whole.Epochs.Select(epoch => epoch.TrainLoss)));
        Assert.True(whole.Notes.Count <= 1);
        foreach (var _ in FineTuning.Run(plan, _data, _folder["stopped"], null, default).OfType<StepDone>().Take(4)) { }
        var resumed = Run(plan, "stopped");
        Assert.Equal((whole.WeightsHash, 1), (resumed.WeightsHash, resumed.Resumes));
        Assert.NotEqual(whole.WeightsHash, Run(plan with { Precision = Precision.Float32 }, "other").WeightsHash);
    }

    [Fact]
    public void The_trial_leaves_no_trace()
    {
        using var plain = NewLearner(Precision.BFloat16);
        using var tried = NewLearner(Precision.BFloat16);
        using var random = torch.random.get_rng_state();
        var (hash, tensors) = (tried.Network.WeightsHash(), DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        var loader = NewLoader(tried);
        Assert.InRange(PrecisionTrial.Ratio(tried, loader.Read(_data.RowsOf(Split.Train), _ => null, default).First(), loader.Reader), 0.01, 1000);
        Assert.Equal(tensors, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        Assert.Equal(hash, tried.Network.WeightsHash());
        Assert.Equal((Precision.BFloat16, plain.Parts), (tried.Network.Precision, tried.Parts));
        using var now = torch.random.get_rng_state();
        Assert.True(now.Equals(random));
        Assert.Equal(Step(plain), Step(tried));
        Assert.Equal(plain.Network.WeightsHash(), tried.Network.WeightsHash());
    }

    [Fact]
    public void What_is_not_faster_is_said_with_its_ratio()
    {
        Assert.Null(PrecisionTrial.Warning(0.55));
        Assert.Equal("A step in bfloat16 takes 4.7 times as long here as in float32: -Precision Float32 is faster on this machine, and more precise.", PrecisionTrial.Warning(4.66));
        using var learner = NewLearner(Precision.Float32);
        Assert.Null(PrecisionTrial.Warning(Plan(Precision.Float32), learner, 1, NewLoader(learner), Enumerable.Repeat(0, 1).Select<int, Batch>(_ => throw new InvalidOperationException("read"))));
    }

    [Fact]
    public void A_plan_of_before_is_one_in_float32()
    {
        var plan = Plan(Precision.Float32);
        var json = PlanJson.Write(plan);
        var before = string.Join('\n', json.Split('\n').Where(line => !line.Contains("\"precision\"")));
        Assert.NotEqual(json, before);
        Assert.Equal(PlanHash.Of(plan), PlanHash.Of(PlanJson.Read<TrainingPlan>(before)));
        Assert.NotEqual(PlanHash.Of(plan), PlanHash.Of(plan with { Precision = Precision.BFloat16 }));
        Assert.Contains("Float32 or BFloat16", Assert.Throws<FineTuneException>(() => PlanCheck.Settings(plan with { Precision = (Precision)7 })).Message);
    }

    TrainingPlan Plan(Precision precision) => PlanStart.For(s_network, _data, TrainingPlan.EmbeddedWeights, new Tutorial()) with
    {
        Epochs = 1, Threads = 1, BatchSize = 6, Augment = new(), Optimizer = new Sgd { LearningRate = 0.01 }, Precision = precision,
    };

    RunRecord Run(TrainingPlan plan, string workspace) => FineTuning.Run(plan, _data, _folder[workspace], null, default, new() { Resume = true }).OfType<RunDone>().Single().Record;

    Learner NewLearner(Precision precision)
    {
        var learner = new Learner(s_network, Plan(precision), _data);
        learner.Begin(1);
        return learner;
    }

    BatchLoader NewLoader(Learner learner) => new(s_network.NewReader(SampleSource.Of(_data), Plan(learner.Network.Precision).Preprocessing!, new(), PSFineTune.Packaging.ModelParts.None), 6, 1);

    float Step(Learner learner)
    {
        var (loader, pace) = (NewLoader(learner), new RunPace(1, 1));
        pace.Next([]);
        return learner.Step(loader.Read(_data.RowsOf(Split.Train), _ => null, default).First(), loader.Reader, pace, 1, _ => { }).Loss;
    }
}

using System.Runtime.InteropServices;
using PSFineTune.Data;
using PSFineTune.Losses;
using PSFineTune.Models;
using PSFineTune.Optimizers;
using PSFineTune.Recipes;
using PSFineTune.Training;
using TorchSharp;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>Batch norm never learns from a single value: it is refused before the first step, as PyTorch does in it.</summary>
[Collection("Training")]
public sealed class NormCheckTests : IDisposable
{
    readonly TempFolder _folder = new();
    readonly ImageDataset _data;

    public NormCheckTests()
    {
        Pictures.WriteClasses(_folder["data"], classes: 2, each: 7);
        _data = ImageDataset.Import(new ImageDatasetReference { Root = _folder["data"], ValidationFraction = 0.3 }, _folder["workspace"], CancellationToken.None);
    }

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> EveryFamily => ConvolutionTests.EveryFamily;

    [Theory, MemberData(nameof(EveryFamily)), InlineData("ResNet18"), InlineData("ResNet20")]
    public void Shapes_tell_what_a_single_sample_would_run_into(string name)
    {
        var spec = (NetworkSpec)Catalog<ModelSpec>.Create(name);
        using var network = spec.Build(2, seed: 1);
        network.Training = true;
        // One after the other, so that the largest side without a fault and the smallest with one are seen.
        foreach (var side in new[] { spec.SmallestSide, 32, 33, 40, 64 }.Where(side => side >= spec.SmallestSide).Distinct())
        {
            using var scope = torch.NewDisposeScope();
            var alone = spec.Norms(side).FirstOrDefault(norm => norm.Side == 1).Weight;
            var fault = Record.Exception(() => network.Forward(torch.rand([1, 3, side, side])));
            Assert.Equal((alone, alone is null ? null : "OneValuePerChannel"), ((fault as FineTuneException)?.Target, (fault as FineTuneException)?.Id));
        }
        using var two = network.Forward(torch.rand([2, 3, spec.SmallestSide, spec.SmallestSide]));
        Assert.All(network.State.Values, tensor => Assert.True(tensor.isfinite().all().item<bool>()));
    }

    [Theory, InlineData(1, 1), InlineData(4, 4), InlineData(3, 2)]
    public void A_plan_that_computes_samples_singly_is_refused_before_its_first_step(int batchSize, int accumulation)
    {
        var plan = Plan(new ResNet18(), 32) with { BatchSize = batchSize, Accumulation = accumulation };
        var fault = Assert.Throws<FineTuneException>(() => Run(plan));
        Assert.Equal(("OneValuePerChannel", FaultKind.InvalidArgument), (fault.Id, fault.Kind));
        Assert.Contains("32 pixels", fault.Message, StringComparison.Ordinal);
        Assert.Equal("OneValuePerChannel", Assert.Throws<FineTuneException>(() => plan.Checked()).Id);
        Assert.Equal("OneValuePerChannel", Assert.Throws<FineTuneException>(() => (plan with { Preprocessing = plan.Preprocessing! with { InputSize = 64 }, StartImageSize = 32, Epochs = 2 }).Checked()).Id);

        foreach (var fine in new[] { plan with { FrozenBatchNorm = true }, plan with { BatchSize = 4, Accumulation = 2 }, plan with { Preprocessing = plan.Preprocessing! with { InputSize = 64 } } }) fine.Checked();
        if (batchSize == 1) Assert.True(double.IsFinite(Run(plan with { FrozenBatchNorm = true }).Epochs.Single().ValidationLoss));
    }

    [Fact]
    public void What_memory_splits_stays_at_two_samples_where_batch_norm_learns()
    {
        var said = new List<string>();
        Assert.Equal("OutOfMemory", Assert.Throws<FineTuneException>(() => Stepped(Plan(new ResNet20(), 32) with { Loss = new Thirsty { Most = 1 } }, said.Add)).Id);
        Assert.DoesNotContain(said, word => word.Contains("in 8 parts", StringComparison.Ordinal));
        Assert.Contains("two", Assert.Throws<FineTuneException>(() => Stepped(Plan(new ResNet20(), 32) with { Loss = new Thirsty { Most = 1 } }, said.Add)).Message, StringComparison.Ordinal);
        // Nothing learns that one sample would spoil.
        Stepped(Plan(new ResNet20(), 32) with { Loss = new Thirsty { Most = 1 }, FrozenBatchNorm = true }, said.Add);
        Assert.Contains("in 8 parts", said[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void The_last_batch_of_an_epoch_is_parted_no_further()
    {
        // Ten samples: eight in four parts, and two that make one.
        var run = Run(Plan(new ResNet18(), 32) with { BatchSize = 8, Accumulation = 4 });
        Assert.True(double.IsFinite(run.Epochs.Single().TrainLoss) && double.IsFinite(run.Epochs.Single().ValidationLoss));
    }

    sealed record Thirsty : LossSpec
    {
        public int Most { get; init; }

        internal override torch.Tensor Of(torch.Tensor logits, torch.Tensor targets) =>
            logits.shape[0] <= Most ? new CrossEntropy().Of(logits, targets) : throw new ExternalException("can't allocate memory");
    }

    TrainingPlan Plan(NetworkSpec network, int side) => PlanStart.For(network, _data, "Random", new Tutorial()) with
    {
        Epochs = 1, Threads = 1, BatchSize = 8, Augment = new(), Optimizer = new Sgd { LearningRate = 0.01 }, Preprocessing = network.DefaultPreprocessing! with { InputSize = side },
    };

    RunRecord Run(TrainingPlan plan) => FineTuning.Run(plan, _data, _folder["workspace"], null, default).OfType<RunDone>().Single().Record;

    void Stepped(TrainingPlan plan, Action<string> say)
    {
        var network = (NetworkSpec)plan.Model!;
        using var learner = new Learner(network, plan, _data);
        learner.Begin(1);
        var loader = new BatchLoader(network.NewReader(SampleSource.Of(_data), plan.Preprocessing!, plan.Augment, PSFineTune.Packaging.ModelParts.None), plan.BatchSize, 1);
        var pace = new RunPace(1, 1);
        pace.Next([]);
        learner.Step(loader.Read(_data.RowsOf(Split.Train), _ => null, default).First(), loader.Reader, pace, 1, say);
    }
}

using PSFineTune.Data;
using PSFineTune.Models;
using PSFineTune.Optimizers;
using PSFineTune.Packaging;
using PSFineTune.Recipes;
using PSFineTune.Training;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>Convolutional networks in runs: they learn, go on exactly, and their frozen layers can be computed once.</summary>
[Collection("Training")]
public sealed class ConvolutionTrainingTests : IDisposable
{
    readonly TempFolder _folder = new();
    readonly ImageDataset _data;

    public ConvolutionTrainingTests()
    {
        Pictures.WriteClasses(_folder["data"], classes: 3, each: 8);
        _data = ImageDataset.Import(new ImageDatasetReference { Root = _folder["data"], ValidationFraction = 0.25 }, _folder["workspace"], CancellationToken.None);
    }

    public void Dispose() => _folder.Dispose();

    [Theory, MemberData(nameof(ConvolutionTests.EveryFamily), MemberType = typeof(ConvolutionTests))]
    public void A_short_run_lowers_the_loss(string name)
    {
        var run = Run(Plan(name, new Tutorial(), side: 64) with { Epochs = 4 }, "whole");
        Assert.True(run.Epochs.Skip(1).Min(epoch => epoch.TrainLoss) < 0.8 * run.Epochs[0].TrainLoss, string.Join(' ', run.Epochs.Select(epoch => epoch.TrainLoss)));
    }

    [Fact]
    public void A_run_whose_depth_is_stochastic_goes_on_exactly()
    {
        var plan = Plan("EfficientNetB0", new Tutorial()) with { Epochs = 2 };
        var whole = Run(plan, "whole");
        foreach (var _ in FineTuning.Run(plan, _data, _folder["stopped"], null, default).OfType<StepDone>().Take(3)) { }
        var resumed = Run(plan, "stopped");
        Assert.Equal((whole.WeightsHash, 1), (resumed.WeightsHash, resumed.Resumes));
    }

    [Fact]
    public void Behind_cached_layers_training_is_the_same()
    {
        var plan = Plan("EfficientNetB0", new HeadOnly()) with { Epochs = 2 };
        var (plain, cached) = (Run(plan with { CachedViews = 0 }, "plain"), Run(plan with { CachedViews = 2 }, "cached"));
        Assert.All(plain.Epochs.Zip(cached.Epochs), pair => Assert.Equal(pair.First.TrainLoss, pair.Second.TrainLoss, 3));
    }

    TrainingPlan Plan(string name, Recipe recipe, int side = 32)
    {
        var network = (NetworkSpec)Catalog<ModelSpec>.Create(name);
        // As in use: a body that is there, a new head.
        var file = _folder[$"{name}.safetensors"];
        using (var made = network.Build(5, 1)) Safetensors.WriteFile(file, made.Store(), PreprocessingNote.Of(network.DefaultPreprocessing! with { InputSize = side }));
        return PlanStart.For(network, _data, file, recipe) with { Threads = 1, BatchSize = 6, Augment = new(), Optimizer = new Adam { LearningRate = 1e-3 } };
    }

    RunRecord Run(TrainingPlan plan, string workspace) => FineTuning.Run(plan, _data, _folder[workspace], null, default, new() { Resume = true }).OfType<RunDone>().Single().Record;
}

using PSFineTune.Augment;
using PSFineTune.Data;
using PSFineTune.Models;
using PSFineTune.Recipes;
using PSFineTune.Training;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>Training images that grow.</summary>
[Collection("Training")]
public sealed class ProgressiveSizeTests : IDisposable
{
    static readonly ResNet20 s_network = new();

    readonly TempFolder _folder = new();
    readonly ImageDataset _data;

    public ProgressiveSizeTests()
    {
        Pictures.WriteClasses(_folder["data"], classes: 3, each: 12);
        _data = ImageDataset.Import(new ImageDatasetReference { Root = _folder["data"], ValidationFraction = 0.25 }, _folder["workspace"], CancellationToken.None);
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(128, 4, "128 160 192 224"), InlineData(160, 2, "160 224"), InlineData(100, 3, "100 148 224"), InlineData(128, 1, "224"), InlineData(224, 2, "224 224"), InlineData(null, 3, "224 224 224")]
    public void They_grow_evenly_and_end_with_the_full_size(int? first, int stages, string sides) =>
        Assert.Equal(sides, string.Join(' ', ProgressiveSize.Of(new() { Preprocessing = new() { InputSize = 224 }, StartImageSize = first }, stages)));

    [Theory]
    [InlineData(null, 5, 2, "1 2 1 2 1"), InlineData(16, 5, 2, "1 1 2 2 2"), InlineData(16, 2, 2, "1 2"), InlineData(16, 2, 3, "2 3"), InlineData(16, 1, 2, "2"), InlineData(null, 3, 1, "1 1 1")]
    public void Cached_views_take_turns_and_in_order_where_they_grow(int? first, int epochs, int views, string turns)
    {
        var plan = Plan() with { StartImageSize = first, Epochs = epochs };
        Assert.Equal(turns, string.Join(' ', Enumerable.Range(1, epochs).Select(epoch => ProgressiveSize.ViewOf(plan, epoch, views))));
    }

    [Fact]
    public void Only_the_last_epoch_sees_the_full_size()
    {
        using var inputs = new TrainingInputsOf(this, Plan() with { StartImageSize = 16, Epochs = 3 });
        Assert.Equal([16, 16, 32], Enumerable.Range(1, 3).Select(inputs.SideIn));
        Assert.Equal(32, inputs.SideJudged);
    }

    [Fact]
    public void They_change_what_is_learnt()
    {
        var plan = Plan() with { Epochs = 2 };
        Assert.Equal(Run(plan).WeightsHash, Run(plan with { StartImageSize = 32 }).WeightsHash);
        Assert.NotEqual(Run(plan).WeightsHash, Run(plan with { StartImageSize = 16 }).WeightsHash);
    }

    [Fact]
    public void Behind_cached_layers_the_views_grow()
    {
        var plan = Plan(new HeadOnly()) with { StartImageSize = 16, Epochs = 2 };
        var (plain, cached) = (Run(plan with { CachedViews = 0 }), Run(plan with { CachedViews = 2 }));
        Assert.All(plain.Epochs.Zip(cached.Epochs), pair => Assert.Equal(pair.First.TrainLoss, pair.Second.TrainLoss, 3));
        Assert.NotEqual(plain.Epochs[0].TrainLoss, Run(plan with { StartImageSize = null }).Epochs[0].TrainLoss, 3);
    }

    [Fact]
    public void A_run_that_was_stopped_goes_on_with_the_same_sizes()
    {
        var plan = Plan() with { StartImageSize = 16, Epochs = 3 };
        var whole = Run(plan);
        foreach (var stop in new[] { 2, 6 })
        {
            var workspace = _folder[$"stopped{stop}"];
            foreach (var done in FineTuning.Run(plan, _data, workspace, null, default).OfType<StepDone>())
                if (done.Step == stop) break;
            Assert.Equal(whole.WeightsHash, FineTuning.Run(plan, _data, workspace, null, default, new() { Resume = true }).OfType<RunDone>().Single().Record.WeightsHash);
        }
    }

    [Fact]
    public void A_cache_of_decoded_images_serves_all_sizes()
    {
        var plan = Plan() with { StartImageSize = 16, Epochs = 2 };
        Assert.Equal(Run(plan).WeightsHash, Run(plan with { CacheSize = 1 << 24 }).WeightsHash);
    }

    [Theory]
    [InlineData(7), InlineData(33), InlineData(-1)]
    public void Sizes_out_of_range_are_refused(int first)
    {
        var fault = Assert.Throws<FineTuneException>(() => Run(Plan() with { StartImageSize = first }));
        Assert.Equal("BadPlanSetting", fault.Id);
        Assert.Contains("8 to 32 (ImageSize)", fault.Message);
    }

    TrainingPlan Plan(Recipe? recipe = null) =>
        PlanStart.For(s_network, _data, "Random", recipe ?? new Tutorial()) with { BatchSize = 8, Threads = 1, Augment = new() { Ops = [new RandomHorizontalFlip()] } };

    RunRecord Run(TrainingPlan plan) => FineTuning.Run(plan, _data, _folder["workspace"], null, default).OfType<RunDone>().Single().Record;

    /// <summary>The inputs of a plan, by the side of what a network is given.</summary>
    sealed class TrainingInputsOf(ProgressiveSizeTests test, TrainingPlan plan) : IDisposable
    {
        readonly Training.Frozen.TrainingInputs _inputs = new(s_network, plan, test._data, RunFolder.Create(test._folder["workspace"], DateTimeOffset.UnixEpoch), PSFineTune.Packaging.ModelParts.None);

        public long SideJudged => Side(_inputs.Judged);

        public long SideIn(int epoch) => Side(_inputs.Of(epoch));

        public void Dispose() => _inputs.Dispose();

        static long Side(BatchLoader loader) => loader.Reader.NewBatch(1).Inputs["pixels"].Shape[0];
    }
}

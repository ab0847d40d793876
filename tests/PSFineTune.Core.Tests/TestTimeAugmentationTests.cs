using PSFineTune.Augment;
using PSFineTune.Data;
using PSFineTune.Imaging;
using PSFineTune.Models;
using PSFineTune.Packaging;
using PSFineTune.Recipes;
using PSFineTune.Training;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>Predictions over several views are means, and depend on content and view alone.</summary>
[Collection("Training")]
public sealed class TestTimeAugmentationTests(TestTimeAugmentationTests.Trained trained) : IClassFixture<TestTimeAugmentationTests.Trained>
{
    static readonly AugmentPipeline s_pipeline = new() { Ops = [new RandomResizedCrop(), new RandomHorizontalFlip(), new ColorJitter { Brightness = 0.3 }] };

    [Theory]
    [InlineData(null), InlineData(0), InlineData(1)]
    public void Without_views_nothing_changes(int? views)
    {
        var model = trained.Model.Seeing(views is { } count ? new() { Views = count } : null);
        Assert.Null(model.Views);
        Assert.Equal(Scores(trained.Model, trained.Files), Scores(model, trained.Files));
        Assert.Null(Evaluated(model).TestTimeAugmentation);
    }

    [Fact]
    public void Two_views_are_the_mean_of_the_picture_and_its_mirror_image()
    {
        var mirrored = trained.Folder["mirrored.png"];
        using (var picture = new AugmentPipeline { Ops = [new RandomHorizontalFlip { P = 1 }] }.Run(ImageFile.Decode(trained.Files[0]), 0, default))
            File.WriteAllBytes(mirrored, ImageWriter.Encode(picture, ImageFormat.Png));
        var (plain, other) = (Scores(trained.Model, [trained.Files[0]])[0], Scores(trained.Model, [mirrored])[0]);
        Assert.NotEqual(plain, other);
        var mean = Scores(trained.Model.Seeing(new() { Views = 2 }), [trained.Files[0]])[0];
        Assert.Equal(plain.Zip(other, (a, b) => (a + b) / 2), mean);
    }

    [Fact]
    public void A_picture_that_is_its_own_mirror_image_scores_as_without()
    {
        var file = trained.Folder["symmetric.png"];
        using (var picture = new Picture(60, 60))
        {
            var pixels = picture.Pixels;
            for (var i = 0; i < pixels.Length; i++) pixels[i] = (byte)(40 * Math.Min(i / 3 % 60, 59 - i / 3 % 60) + 31 * (i / 180) + 7 * (i % 3));
            File.WriteAllBytes(file, ImageWriter.Encode(picture, ImageFormat.Png));
        }
        // But for the last bits (1e-7 was seen), because resizing rounds otherwise from the right.
        var (plain, mean) = (Scores(trained.Model, [file])[0], Scores(trained.Model.Seeing(new() { Views = 2 }), [file])[0]);
        Assert.All(plain.Zip(mean), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
    }

    [Fact]
    public void Draws_depend_on_content_alone_not_on_order_batch_or_name()
    {
        var model = trained.Model.Seeing(new() { Augment = s_pipeline });
        var together = Scores(model, trained.Files);
        Assert.NotEqual(Scores(trained.Model, trained.Files), together);
        Assert.Equal(together, Scores(model, trained.Files));
        var copy = trained.Folder["copy.png"];
        File.Copy(trained.Files[3], copy, overwrite: true);
        var turned = Scores(model, [.. trained.Files.Reverse(), copy]);
        Assert.Equal(together.Reverse(), turned[..^1]);
        Assert.Equal(together[3], turned[^1]);
        Assert.All(together, scores => Assert.Equal(1, scores.Sum(), 5));
    }

    [Fact]
    public void More_views_are_drawn_from_the_models_own_pipeline_and_the_evaluation_says_so()
    {
        // The model was trained with MixUp too, which does nothing to a view.
        var evaluation = Evaluated(trained.Model.Seeing(new() { Views = 3 }));
        Assert.Equal(new() { Views = 3, Augment = trained.Model.Described.Plan.Augment }, evaluation.TestTimeAugmentation);
        Assert.Equal(5, Evaluated(trained.Model.Seeing(new() { Augment = s_pipeline })).TestTimeAugmentation!.Views);
    }

    [Fact]
    public void A_broken_file_is_a_fault_of_its_own()
    {
        var broken = trained.Folder["broken.png"];
        File.WriteAllText(broken, "no picture");
        using var predictor = trained.Model.Seeing(new() { Views = 2 }).NewPredictor();
        var scored = predictor.Score([trained.Files[0], broken, trained.Folder["none.png"]], default);
        Assert.Equal([true, false, false], scored.Select(item => item.Fault is null));
        Assert.NotNull(scored[0].Scores);
    }

    [Theory]
    [InlineData(-1), InlineData(65)]
    public void Counts_out_of_range_are_refused(int views) =>
        Assert.Equal("BadPlanSetting", Assert.Throws<FineTuneException>(() => trained.Model.Seeing(new() { Views = views })).Id);

    [Fact]
    public void Drawing_from_nothing_is_refused() =>
        Assert.Equal("BadPlanSetting", Assert.Throws<FineTuneException>(() => trained.Model.Seeing(new() { Views = 4, Augment = new() })).Id);

    static IReadOnlyList<float[]> Listed(IReadOnlyList<Scored> scored) => [.. scored.Select(item => item.Scores!)];

    static float[][] Scores(TrainedModel model, IReadOnlyList<string> files)
    {
        using var predictor = model.NewPredictor();
        return [.. Listed(predictor.Score(files, default))];
    }

    PSFineTune.Metrics.Evaluation Evaluated(TrainedModel model) => Judgement.Of(model, new(trained.Data, Split.Train), new() { Top = 3 }, default).Last().Result!;

    /// <summary>A model of one epoch, for all tests of the class.</summary>
    public sealed class Trained : IDisposable
    {
        // Pretrained: what a network of random weights says hardly depends on the picture.
        static readonly ResNet20 s_network = new();

        public Trained()
        {
            Pictures.WriteClasses(Folder["data"], classes: 2, each: 5);
            Data = ImageDataset.Import(new ImageDatasetReference { Root = Folder["data"], ValidationFraction = 0.2 }, Folder["workspace"], CancellationToken.None);
            var plan = PlanStart.For(s_network, Data, null, new Tutorial()) with
            {
                BatchSize = 5, Threads = 1, Epochs = 1, Augment = new() { Ops = [new RandomHorizontalFlip(), new MixUp()] },
            };
            var run = FineTuning.Run(plan, Data, Folder["workspace"], null, CancellationToken.None).OfType<RunDone>().Single().Record;
            Model = TrainedModel.From(run, Folder["workspace"]);
            Files = [.. Directory.GetFiles(Folder["data"], "*.png", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
        }

        internal TempFolder Folder { get; } = new();

        internal ImageDataset Data { get; }

        internal TrainedModel Model { get; }

        internal string[] Files { get; }

        public void Dispose() => Folder.Dispose();
    }
}

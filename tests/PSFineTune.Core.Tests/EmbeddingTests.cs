using PSFineTune.Augment;
using PSFineTune.Embeddings;
using PSFineTune.Models;
using PSFineTune.Packaging;
using PSFineTune.Training;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>What models and the module itself make of samples: it does not depend on the batch, tells unlike ones apart, and is remembered.</summary>
[Collection("Training")]
public sealed class EmbeddingTests
{
    public static TheoryData<string> Embedders => ["images", "texts"];

    static (Embedder Embedder, string[] Items) Made(string kind, TempFolder folder)
    {
        if (kind == "texts") return (new TextEmbedder(), ["the printer is offline", "a new laptop, please", "我们每天重新训练分类器", "", "the printer is offline again"]);
        for (var at = 0; at < 5; at++) Pictures.Write(folder[$"{at}.png"], at, at, 70, 50);
        return (new PictureEmbedder(), [.. Enumerable.Range(0, 5).Select(at => folder[$"{at}.png"])]);
    }

    [Theory, MemberData(nameof(Embedders))]
    public void Features_are_finite_and_do_not_depend_on_the_batch(string kind)
    {
        using var folder = new TempFolder();
        var (embedder, items) = Made(kind, folder);
        using (embedder)
        {
            var together = embedder.Of(items, default);
            var alone = items.Select(item => embedder.Of([item], default).Single());
            Assert.All(together.Zip(alone), pair =>
            {
                Assert.All(pair.First.Features!, value => Assert.True(float.IsFinite(value)));
                Assert.Equal(pair.First.Features!, pair.Second.Features!, (one, other) => Math.Abs(one - other) < 1e-4);
            });
            Assert.NotEqual(together[0].Features!, together[1].Features!);
        }
    }

    [Fact]
    public void A_broken_image_has_a_fault_and_the_others_do_not_notice()
    {
        using var folder = new TempFolder();
        var (embedder, items) = Made("images", folder);
        using (embedder)
        {
            var whole = embedder.Of(items, default);
            File.WriteAllText(items[1], "no picture");
            var made = embedder.Of(items, default);
            Assert.Null(made[1].Features);
            Assert.Equal("UndecodableImage", made[1].Fault!.Id);
            Assert.Equal(whole[2].Features, made[2].Features);
        }
    }

    [Fact]
    public void What_was_made_is_remembered_by_content_and_a_damaged_cache_is_only_slower()
    {
        using var folder = new TempFolder();
        var (embedder, items) = Made("images", folder);
        using var counted = new Counted(embedder);
        var first = Run(counted);
        Assert.Equal(5, counted.Asked);
        // The same content under another name.
        File.Move(items[0], items[0] + ".moved.png");
        items[0] += ".moved.png";
        Assert.Equal(first, Run(counted));
        Assert.Equal(5, counted.Asked);
        var file = Directory.GetFiles(folder["cache/features"]).Single();
        var bytes = File.ReadAllBytes(file);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(file, bytes);
        Assert.Equal(first, Run(counted));
        Assert.Equal(10, counted.Asked);

        List<float[]> Run(Embedder with) => [.. new EmbeddingPass(with, isText: false, folder.Path).Run(items, default).SelectMany(part => part).Select(one => one.Features!)];
    }

    [Fact]
    public void A_projection_keeps_lengths_and_distances_nearly()
    {
        var projection = new SparseProjection(1024, 3);
        var random = RandomStream.For(1, 0, "projection");
        for (var pair = 0; pair < 20; pair++)
        {
            int[] columns = [.. Enumerable.Range(0, 30).Select(_ => random.Below(1 << 20)).Distinct().Order()];
            double[] values = [.. columns.Select(_ => random.Normal())];
            var length = Math.Sqrt(values.Sum(value => value * value));
            Assert.InRange(Math.Sqrt(projection.Of(columns, values).Sum(value => (double)value * value)), 0.85 * length, 1.15 * length);
        }
        Assert.All(projection.Of([], []), value => Assert.Equal(0, value));
        Assert.Equal(new SparseProjection(64, 3).Of([5, 9], [1, 2]), new SparseProjection(64, 3).Of([5, 9], [1, 2]));
        Assert.NotEqual(new SparseProjection(64, 3).Of([5, 9], [1, 2]), new SparseProjection(64, 4).Of([5, 9], [1, 2]));
    }

    [Fact]
    public void Standard_numbers_have_mean_0_and_deviation_1_and_a_constant_is_0()
    {
        var made = Standard.Of([[1, 5], [2, 5], [6, 5]]);
        Assert.Equal(0, made.Average(row => row[0]), 1e-6);
        Assert.Equal(1, made.Average(row => row[0] * row[0]), 1e-6);
        Assert.All(made, row => Assert.Equal(0, row[1]));
    }

    [Fact]
    public void Gradients_run_across_an_edge()
    {
        var luma = new float[64];
        for (var at = 0; at < 64; at++) luma[at] = at % 8 < 4 ? 0 : 1;
        var made = new float[Gradients.Directions];
        Gradients.Of(luma, 8, 1, made);
        Assert.Equal(0, Array.IndexOf(made, made.Max()));
        Assert.Equal(1, made.Sum(value => value * value), 1e-3);
    }

    [Theory]
    [InlineData(nameof(ResNet20)), InlineData(nameof(MobileNetV2)), InlineData(nameof(SqueezeNet1_1))]
    public void A_network_says_the_same_scores_with_its_features(string name)
    {
        using var folder = new TempFolder();
        var (embedder, items) = Made("images", folder);
        embedder.Dispose();
        File.WriteAllText(items[3], "no picture");
        var spec = (NetworkSpec)Catalog<ModelSpec>.Create(name);
        var preprocessing = spec.DefaultPreprocessing! with { InputSize = 64 };
        using Predictor predictor = new NetworkPredictor(spec.Build(3, 1), source => new ImageReader(source, preprocessing, new()), 3);
        var scores = predictor.Score(items, default);
        var features = predictor.Features(items, default);
        Assert.Equal("UndecodableImage", features[3].Fault!.Id);
        foreach (var (scored, featured) in scores.Zip(features).Where(pair => pair.First.Fault is null))
        {
            Assert.Equal(scored.Scores!, featured.Scores!, (one, other) => Math.Abs(one - other) < 1e-4);
            Assert.True(featured.Features!.Length >= 64);
        }
        Assert.Single(features.Where(one => one.Features is not null).Select(one => one.Features!.Length).Distinct());
    }

    sealed class Counted(Embedder inner) : Embedder
    {
        public int Asked { get; private set; }

        public override string Name => inner.Name;

        public override string? Key => inner.Key;

        public override IReadOnlyList<Featured> Of(IReadOnlyList<string> items, CancellationToken cancel)
        {
            Asked += items.Count;
            return inner.Of(items, cancel);
        }

        public override void Dispose() => inner.Dispose();
    }
}

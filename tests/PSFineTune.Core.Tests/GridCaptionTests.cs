using PSFineTune.Augment;
using PSFineTune.Augment.Edits;
using PSFineTune.Imaging;
using PSFineTune.Models;
using PSFineTune.Pictures;
using PSFineTune.Training;
using SkiaSharp;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>What stands above pictures, and what the pictures of a trainer and of a page are.</summary>
public sealed class GridCaptionTests : IDisposable
{
    static readonly AugmentPipeline s_strong = AugmentPreset.Create("Strong");

    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_title_says_what_is_known_and_whether_the_model_is_right()
    {
        (string?, bool?) Of(GridItem item) => (item.Title, item.Right);
        Assert.Equal((null, null), Of(new("a")));
        Assert.Equal(("hat", null), Of(new("a") { Label = "hat" }));
        Assert.Equal(("hat 93 %", null), Of(new("a") { Predicted = "hat", Confidence = 0.93 }));
        Assert.Equal(("hat 93 %", true), Of(new("a") { Label = "hat", Predicted = "hat", Confidence = 0.93 }));
        Assert.Equal(("shoes, taken for hat", false), Of(new("a") { Label = "shoes", Predicted = "hat", Confidence = 0.93 }));
        Assert.Equal(("mine", false), Of(new("a") { Label = "shoes", Predicted = "hat", Text = "mine" }));
        Assert.Equal((null, true), Of(new("a") { Label = "hat", Predicted = "hat", Captioned = false }));
    }

    [Fact]
    public void Predictions_take_their_truth_from_samples_beside_them_or_from_the_dataset()
    {
        GridItem[] items = [new("a") { Label = "hat" }, new("b") { Label = "hat" }, new("a") { Predicted = "shoes" }, new("c") { Predicted = "hat" }, new("d") { Predicted = "hat" }];
        var joined = GridItem.Joined(items, new Dictionary<string, string> { ["a"] = "no", ["c"] = "hat" });
        Assert.Equal([("b", null), ("a", false), ("c", true), ("d", (bool?)null)], joined.Select(item => (item.Path, item.Right)));
    }

    [Theory]
    [InlineData(true, 0x1A, 0x7F, 0x37)]
    [InlineData(false, 0xC6, 0x28, 0x28)]
    [InlineData(null, 0, 0, 0)]
    public void A_caption_is_green_where_the_model_is_right_and_red_where_it_is_wrong(bool? right, byte red, byte green, byte blue)
    {
        foreach (Lettering lettering in new Lettering[] { new DotLettering(), new FallbackLettering(SystemFonts.All) })
        {
            using var renderer = new GridRenderer(new() { Scale = 2 }, GridCaptions.Titles, lettering);
            renderer.Draw(0, null, "HHHHHHHH", right);
            using var bitmap = SKBitmap.Decode(renderer.Encode("x.png"));
            Assert.Contains(new SKColor(red, green, blue), bitmap.Pixels);
        }
    }

    [Fact]
    public void A_page_colours_captions_too()
    {
        var cells = new[] { true, false }.Select(right => new GridCell(new(Painted()) { Label = "hat", Predicted = right ? "hat" : "shoes" }, 0)).ToList();
        new GridDrawing(new() { Columns = 2 }, cells, new GridSource(new(), 24, 1, null).Open).Save(_folder["x.html"]);
        var page = File.ReadAllText(_folder["x.html"]);
        Assert.Contains("<figcaption class=\"right\" title=\"hat\"", page);
        Assert.Contains("<figcaption class=\"wrong\" title=\"hat, taken for shoes\"", page);
    }

    [Fact]
    public void A_page_has_a_slider_through_epochs_that_needs_nothing_else()
    {
        var path = Painted();
        new GridDrawing(new() { Columns = 2 }, GridCell.For([new(path)], true, 1, null), new GridSource(s_strong, 24, 1, null).Open, rounds: 3).Save(_folder["x.html"]);
        var page = File.ReadAllText(_folder["x.html"]);
        Assert.Contains("type=\"range\" min=\"1\" max=\"3\"", page);
        Assert.DoesNotContain("http", page);
        for (var epoch = 1; epoch <= 3; epoch++)
        {
            var said = AugmentDraw.Draw(s_strong, SourceImage.Read(path), 24, 1, epoch).Description;
            Assert.Contains($"{(epoch == 1 ? "<figure>" : "<figure hidden>")}<figcaption title=\"{said}\"", page);
            Assert.Contains($"alt=\"a.png, augmented: {said}\"", page);
        }
    }

    [Fact]
    public void A_replayed_grid_is_the_augmented_one_to_the_byte()
    {
        var path = Painted();
        var grid = new ImageGrid { Columns = 4, Scale = 1 };
        byte[] Png(IReadOnlyList<GridCell> cells) => new GridDrawing(grid, cells, new GridSource(s_strong, 24, 9, null).Open).Image("x.png");
        var draws = Enumerable.Range(1, 3).Select(epoch => AugmentDraw.Draw(s_strong, SourceImage.Read(path), 24, 9, epoch));
        Assert.Equal(Png(GridCell.For([new(path)], true, 3, null)), Png(GridCell.For([.. draws.Select(draw => new GridItem(path) { Draw = draw })], false, null, null)));
    }

    [Theory]
    [InlineData(ChannelOrder.Rgb, 1.0 / 255), InlineData(ChannelOrder.Bgr, 1.0)]
    public void What_the_trainer_sees_is_what_the_batch_holds(ChannelOrder channels, double scale)
    {
        var preprocessing = new Preprocessing { InputSize = 24, Channels = channels, Scale = scale, Mean = (double[])[0.1, 0.5, 0.4], Std = (double[])[0.2, 0.3, 0.6] };
        var path = Painted();
        var image = SourceImage.Read(path);
        var reader = new ImageReader(SampleSource.Of([path], 1), preprocessing, s_strong);
        var batch = reader.NewBatch(1);
        foreach (var draw in new DrawKey?[] { null, new(3, 2, image.Key) })
        {
            reader.Read(0, draw, batch, 0, CancellationToken.None);
            var held = new byte[24 * 24 * 3];
            reader.Denormalize(batch.Inputs.Values.Single().Slot<float>(0), held);
            using var shown = new GridSource(s_strong, 24, 3, new(new(_ => "", _ => null, 0), preprocessing, new())).Open(new(new(path), draw is null ? 0 : 2)).Picture;
            Assert.Equal((24, 24), (shown.Width, shown.Height));
            Assert.True(shown.Pixels.SequenceEqual(held));
            using var plain = draw is { } key ? s_strong.Run(image.Decode(), 24, key) : AugmentPreset.Evaluation(preprocessing).Run(image.Decode(), 24, default);
            Assert.True(shown.Pixels.SequenceEqual(plain.Pixels));
        }
    }

    [Fact]
    public void Draws_take_up_to_three_lines_broken_between_words()
    {
        Lettering dots = new DotLettering();
        Assert.Equal(["crop", "120x96+10+4,", "flip"], dots.Lines("crop 120x96+10+4, flip", 10, 72, 3));
        Assert.Equal(["flip, hue 0.1,", "rotate 12"], dots.Lines("flip, hue 0.1, rotate 12", 10, 100, 3));
        Assert.Equal(["flip"], dots.Lines("flip", 10, 72, 3));
        Assert.EndsWith("…", dots.Lines("one two three four five six seven eight", 10, 40, 3)[2]);
    }

    [Fact]
    public void Blended_labels_say_their_parts()
    {
        Assert.Equal("hat 70 % / shoes 30 %", BlendedLabel.Of(["dress", "hat", "shoes"], [0, 0.7f, 0.3f]));
        Assert.Equal("hat", BlendedLabel.Of(["dress", "hat", "shoes"], [0, 1, 0]));
    }

    string Painted()
    {
        Pictures.Write(_folder["a.png"], seed: 3, width: 50, height: 40);
        return _folder["a.png"];
    }
}

using PSFineTune.Augment;
using PSFineTune.Augment.Edits;
using PSFineTune.Imaging;
using PSFineTune.Models;
using PSFineTune.Training;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>Edits that are done together make the pixels that they make one by one.</summary>
public class AugmentPlanTests
{
    const int InputSize = 24;

    public static TheoryData<string> EveryOp => AugmentLawTests.EveryOp;

    public static TheoryData<string> EveryPreset => AugmentLawTests.EveryPreset;

    [Theory, MemberData(nameof(EveryOp))]
    public void Any_two_ops_in_a_row_are_those_ops_one_by_one(string op)
    {
        foreach (var other in Catalog<AugmentOp>.Names)
            for (ulong sample = 0; sample < 4; sample++)
            {
                var pipeline = new AugmentPipeline { Ops = [AugmentLawTests.Lively(op), AugmentLawTests.Lively(other), new RandomHorizontalFlip { P = 0.5 }] };
                AssertSame(pipeline.Draw(37, 31, InputSize, new(3, 1, sample)), 37, 31, $"{op}, {other}");
            }
    }

    [Theory, MemberData(nameof(EveryPreset))]
    public void Presets_are_their_ops_one_by_one(string preset)
    {
        for (ulong sample = 0; sample < 40; sample++)
            AssertSame(AugmentPreset.Create(preset).Draw(90, 71, InputSize, new(1, 1, sample)), 90, 71, preset);
    }

    [Fact]
    public void Crops_flips_and_a_resize_are_one_resampling()
    {
        Edit[] edits =
        [
            new Crop { Left = 3, Top = 2, Width = 50, Height = 40 }, new Flip(), new Flip(), new ResizedCrop { Left = 4, Top = 1, Width = 40, Height = 30, ToWidth = 60, ToHeight = 25 },
            new Flip(), new Crop { Left = 5, Top = 4, Width = 31, Height = 17 }, new Flip { Direction = FlipDirection.Vertical }, new Crop { Left = 2, Top = 3, Width = 20, Height = 11 },
        ];
        AssertSame([edits[0], .. edits[3..]], 61, 53, "frame");
        AssertSame(edits, 61, 53, "with flips before");
    }

    [Fact]
    public void A_bilinear_warp_that_is_cropped_and_flipped_is_within_a_level()
    {
        foreach (var degrees in new[] { 0.0, 17, 90, -133 })
        {
            Edit[] edits = [new Rotate { Degrees = degrees, Interpolation = Interpolation.Bilinear, Expand = true, Fill = 99 }, new Flip(), new Crop { Left = 3, Top = 5, Width = 20, Height = 22 }, new Flip { Direction = FlipDirection.Vertical }];
            AssertSame(edits, 41, 37, $"turned by {degrees}", tolerance: 1);
        }
    }

    [Fact]
    public void The_input_of_a_network_is_the_edited_picture_normalised()
    {
        var how = new Normalization([0.02f, 0.03f, 0.04f], [-1, -2, -3], Reversed: true);
        foreach (var (width, height) in new[] { (37, 31), (1, 1), (3, 7), (700, 2) })
            foreach (var edits in new Edit[][] { [], [new AdjustHue { Factor = 0.2 }, new AdjustContrast { Factor = 1.5 }], [new Flip()], [new Equalize()] })
            {
                using var picture = AugmentLawTests.Noise(width, height, 5);
                using var edited = new AugmentPlan(edits, width, height).Run(AugmentSource.Of(picture), CancellationToken.None);
                var values = new float[3 * width * height];
                new AugmentPlan(edits, width, height).Run(AugmentSource.Of(picture), how, values, CancellationToken.None);
                for (var i = 0; i < values.Length; i++)
                    Assert.Equal(edited.Pixels[i - i % 3 + 2 - i % 3] * how.Scale[i % 3] + how.Shift[i % 3], values[i], 1e-5f);
            }
    }

    [Fact]
    public void A_file_is_decoded_where_needed_and_gives_the_pixels_of_the_whole()
    {
        using var canvas = AugmentLawTests.Noise(160, 120, 9);
        var bytes = ImageWriter.Encode(canvas, ImageFormat.Jpeg);
        using var image = EncodedImage.Open(bytes, "noise");
        using var decoded = image.Decode();
        for (ulong sample = 0; sample < 60; sample++)
        {
            var edits = AugmentPreset.Create("Default").Draw(160, 120, 96, new(1, 1, sample));
            using var part = new AugmentPlan(edits, 160, 120).Run(AugmentSource.Of(image), CancellationToken.None);
            using var whole = new AugmentPlan(edits, 160, 120).Run(AugmentSource.Of(decoded), CancellationToken.None);
            Assert.True(part.Pixels.SequenceEqual(whole.Pixels));
        }
    }

    [Fact]
    public void A_large_photo_that_is_shrunk_is_decoded_small_and_looks_the_same()
    {
        using var canvas = new Picture(800, 600);
        for (var y = 0; y < 600; y++)
            for (var x = 0; x < 800; x++)
                (canvas.Row(y)[3 * x], canvas.Row(y)[3 * x + 1], canvas.Row(y)[3 * x + 2]) = ((byte)(128 + 100 * Math.Sin(x / 30.0)), (byte)(x / 4), (byte)(y / 3));
        using var image = EncodedImage.Open(ImageWriter.Encode(canvas, ImageFormat.Jpeg), "waves");
        using var decoded = image.Decode();
        var edits = AugmentPreset.Evaluation(new Preprocessing { InputSize = 96 }).Draw(800, 600, 96, default);
        using var small = new AugmentPlan(edits, 800, 600).Run(AugmentSource.Of(image), CancellationToken.None);
        using var whole = new AugmentPlan(edits, 800, 600).Run(AugmentSource.Of(decoded), CancellationToken.None);
        Assert.InRange(Worst(small, whole), 0, 4);
    }

    [Fact]
    public void Stops_within_an_image()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        using var picture = AugmentLawTests.Noise(40, 40, 1);
        Assert.Throws<OperationCanceledException>(() => new AugmentPlan([new AdjustBrightness { Factor = 1.2 }], 40, 40).Run(AugmentSource.Of(picture), stop.Token));
    }

    static void AssertSame(IReadOnlyList<Edit> edits, int width, int height, string what, int tolerance = 0)
    {
        using var source = AugmentLawTests.Noise(width, height, 7);
        var before = source.Pixels.ToArray();
        var one = source.Copy();
        foreach (var edit in edits) one = edit.Apply(one);
        using var together = new AugmentPlan(edits, width, height).Run(AugmentSource.Of(source), CancellationToken.None);
        Assert.Equal((what, one.Width, one.Height), (what, together.Width, together.Height));
        Assert.True(Worst(one, together) <= tolerance, $"{what}: off by {Worst(one, together)} in {PlanJson.WriteLine(edits)}");
        Assert.True(source.Pixels.SequenceEqual(before), $"{what} changed the canvas.");
        one.Dispose();
    }

    static int Worst(Picture one, Picture two)
    {
        var worst = 0;
        for (var i = 0; i < one.Pixels.Length; i++) worst = Math.Max(worst, Math.Abs(one.Pixels[i] - two.Pixels[i]));
        return worst;
    }
}

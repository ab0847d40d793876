using PSFineTune.Augment;
using PSFineTune.Augment.Edits;
using PSFineTune.Imaging;
using PSFineTune.Models;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>Laws that hold for every op and every edit; a new one is tested the moment its record exists.</summary>
public class AugmentLawTests
{
    const int InputSize = 12;

    /// <summary>Noise is what these are for.</summary>
    static readonly string[] s_uneven = ["GaussianNoise"];

    /// <summary>These make white dark, or may: they invert, solarize, or darken to a hundredth.</summary>
    static readonly string[] s_darkening = ["RandomInvert", "RandomSolarize", "RandAugment", "TrivialAugmentWide", "AutoAugment", "AugMix"];

    public static TheoryData<string> EveryOp => [.. Catalog<AugmentOp>.Names];

    public static TheoryData<string> EveryEdit => [.. Catalog<Edit>.Names];

    public static TheoryData<string> EveryPreset => [.. AugmentPreset.Names];

    [Theory, MemberData(nameof(EveryOp))]
    public void Default_settings_are_legal(string op) => Catalog<AugmentOp>.Create(op).Validate();

    [Theory, MemberData(nameof(EveryOp))]
    public void A_pipeline_survives_json(string op)
    {
        foreach (var pipeline in new[] { Only(Catalog<AugmentOp>.Create(op)), Only(Lively(op)) })
        {
            var json = PlanJson.Write(pipeline);
            var again = PlanJson.Read<AugmentPipeline>(json);
            Assert.Equal(pipeline, again);
            Assert.Equal(json, PlanJson.Write(again));
        }
    }

    [Theory, MemberData(nameof(EveryEdit))]
    public void An_edit_has_defaults_and_survives_json(string edit)
    {
        var one = Catalog<Edit>.Create(edit);
        Assert.Equal(one, PlanJson.Read<Edit>(PlanJson.Write(one)));
    }

    [Theory, MemberData(nameof(EveryOp))]
    public void The_same_key_gives_the_same_pixels_whatever_ran_before(string op)
    {
        var pipeline = new AugmentPipeline { Ops = [Lively(op), Lively(op)] };
        var (first, key) = (Noise(31, 23, 1), new DrawKey(5, 2, 77));
        byte[] Run() { using var result = pipeline.Run(first.Copy(), InputSize, key); return [result.Height > 0 ? (byte)result.Width : (byte)0, .. result.Pixels]; }

        var alone = Run();
        for (ulong other = 0; other < 5; other++) pipeline.Run(Noise(17 + (int)other, 29, (int)other), InputSize, new(5, 1, other)).Dispose();
        Assert.Equal(alone, Run());
    }

    [Theory, MemberData(nameof(EveryOp))]
    public void A_drawn_edit_read_back_makes_the_same_pixels(string op)
    {
        for (ulong sample = 0; sample < 20; sample++)
        {
            var edit = Lively(op).Draw(new DrawKey(5, 1, sample).At(0), new(31, 23, InputSize));
            using var one = edit.Apply(Noise(31, 23, 3));
            Assert.Equal((one.Width, one.Height), edit.SizeAfter(31, 23));
            using var two = PlanJson.Read<Edit>(PlanJson.Write(edit)).Apply(Noise(31, 23, 3));
            Assert.Equal((one.Width, one.Height), (two.Width, two.Height));
            Assert.True(one.Pixels.SequenceEqual(two.Pixels));
        }
    }

    [Theory, MemberData(nameof(EveryOp))]
    public void Pictures_of_any_size_survive(string op)
    {
        foreach (var (width, height) in new[] { (1, 1), (1, 40), (40, 1), (2, 2), (3, 2000), (2000, 3), (13, 12) })
            for (ulong sample = 0; sample < 8; sample++)
            {
                using var result = Only(Lively(op)).Run(Noise(width, height, 4), InputSize, new(1, 1, sample));
                Assert.InRange(result.Width, 1, 10_000);
                Assert.InRange(result.Height, 1, 10_000);
                Assert.Equal(3 * result.Width * result.Height, result.Pixels.Length);
            }
    }

    [Theory, MemberData(nameof(EveryOp))]
    public void An_even_white_picture_stays_bright_and_even_inside(string op)
    {
        // Only what lies beyond an image is dark; colour changes keep an even area even.
        for (ulong sample = 0; sample < 8; sample++)
        {
            using var white = new Picture(40, 30);
            white.Pixels.Fill(255);
            using var result = Only(Lively(op)).Run(white, InputSize, new(1, 1, sample));
            var middle = result.Row(result.Height / 2).Slice(3 * (result.Width / 2), 3).ToArray();
            if (!s_uneven.Contains(op)) Assert.All(middle, value => Assert.Equal(middle[0], value));
            if (!s_darkening.Contains(op)) Assert.InRange(middle[0], 100, 255);
        }
    }

    [Theory, MemberData(nameof(EveryOp))]
    public void Lively_settings_change_the_image(string op)
    {
        // Or the laws above would hold for an op that does nothing.
        var changed = 0;
        for (ulong sample = 0; sample < 20; sample++)
        {
            using var before = Noise(31, 23, 3);
            foreach (ref var value in before.Pixels) value = (byte)(40 + value / 2);
            var edit = Lively(op).Draw(new DrawKey(5, 1, sample).At(0), new(31, 23, InputSize));
            using var partner = Noise(31, 23, 4);
            using var after = edit is MixEdit mix ? mix.Mixed(before.Copy(), partner) : edit.Apply(before.Copy());
            if (!after.Pixels.SequenceEqual(before.Pixels)) changed++;
        }
        Assert.True(changed >= 10, $"{op} changed {changed} of 20 images.");
    }

    [Theory, MemberData(nameof(EveryPreset))]
    public void Presets_are_legal_and_survive_json(string preset)
    {
        var pipeline = AugmentPreset.Create(preset.ToUpperInvariant());
        pipeline.Validate();
        Assert.EndsWith(".", AugmentPreset.PurposeOf(preset));
        Assert.Equal(pipeline, PlanJson.Read<AugmentPipeline>(PlanJson.Write(pipeline)));
    }

    [Fact]
    public void An_unknown_preset_names_the_nearest() =>
        Assert.Contains("Tutorial", Assert.Throws<FineTuneException>(() => AugmentPreset.Create("Tutoral")).RecommendedAction);

    [Theory, InlineData(224, 300, 400), InlineData(32, 32, 32), InlineData(96, 500, 20)]
    public void Evaluation_gives_the_input_size(int inputSize, int width, int height)
    {
        var pipeline = AugmentPreset.Evaluation(new Preprocessing { InputSize = inputSize, Interpolation = Interpolation.Bicubic });
        using var result = pipeline.Run(Noise(width, height, 1), 1, new(1, 1, 1));
        Assert.Equal((inputSize, inputSize), (result.Width, result.Height));
    }

    /// <summary>Settings under which the op always does something.</summary>
    internal static AugmentOp Lively(string op) => Catalog<AugmentOp>.Create(op) switch
    {
        ColorJitter => new ColorJitter { Brightness = 0.5, Contrast = new(0.2, 1.7), Saturation = 0.9, Hue = 0.5 },
        RandomRotation => new RandomRotation { Degrees = new(-40, 170), Interpolation = Interpolation.Bilinear, Expand = true, Fill = new(9, 8, 7) },
        Resize => new Resize { Size = 9, MaxSize = 30, Interpolation = Interpolation.Bicubic },
        Pad => new Pad { Padding = new(3, 1, 2, 5), PaddingMode = PaddingMode.Reflect },
        RandomCrop => new RandomCrop { Padding = new(2, 3), PadIfNeeded = true, PaddingMode = PaddingMode.Symmetric, Fill = new(9, 8, 7) },
        RandomAffine => new RandomAffine
        {
            Degrees = new(-40, 170), Translate = new(0.1, 0.2), Scale = new(0.8, 1.2), Shear = new(-10, 10, -5, 5), Interpolation = Interpolation.Bilinear, Fill = new(9, 8, 7),
        },
        RandomPerspective => new RandomPerspective { P = 1, Fill = new(9, 8, 7) },
        ElasticTransform => new ElasticTransform { Alpha = new(60, 40), Sigma = new(3, 2), Fill = 200 },
        RandomErasing => new RandomErasing { P = 1, Value = new(200, 200, 200) },
        RandomGrayscale => new RandomGrayscale { P = 1 },
        RandomInvert => new RandomInvert { P = 1 },
        RandomPosterize => new RandomPosterize { P = 1 },
        RandomSolarize => new RandomSolarize { P = 1 },
        RandomAdjustSharpness => new RandomAdjustSharpness { P = 1 },
        RandomAutocontrast => new RandomAutocontrast { P = 1 },
        RandomEqualize => new RandomEqualize { P = 1 },
        RandomPhotometricDistort => new RandomPhotometricDistort { P = 1 },
        RandAugment => new RandAugment { NumOps = 3, Interpolation = Interpolation.Bilinear, Fill = 128 },
        AugMix => new AugMix { MixtureWidth = 2, Alpha = 0.5 },
        OneOf => new OneOf { Ops = [new RandomHorizontalFlip { P = 1 }, new RandomCrop { PadIfNeeded = true }], Probabilities = new(2, 1) },
        SomeOf => new SomeOf { Ops = [new RandomVerticalFlip { P = 1 }, new Pad { PaddingMode = PaddingMode.Edge }, new RandomRotation { Expand = true }], N = new(1, 3) },
        RandomApply => new RandomApply { Ops = [new RandomRotation { Expand = true }, new RandomResizedCrop()], P = 1 },
        RandomOrder => new RandomOrder { Ops = [new RandomHorizontalFlip { P = 1 }, new CenterCrop(), new RandomOrder { Ops = [new Pad()] }] },
        var other => other,
    };

    static AugmentPipeline Only(AugmentOp op) => new() { Ops = [op] };

    internal static Picture Noise(int width, int height, int seed)
    {
        var picture = new Picture(width, height);
        var random = RandomStream.For(seed, 1, "noise");
        foreach (ref var value in picture.Pixels) value = (byte)random.Below(256);
        return picture;
    }
}

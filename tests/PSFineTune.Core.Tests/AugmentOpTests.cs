using PSFineTune.Augment;
using PSFineTune.Augment.Edits;
using PSFineTune.Imaging;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>What single ops and edits do and refuse; how they draw is in AugmentDistributionTests.</summary>
public class AugmentOpTests
{
    public static IEnumerable<TheoryDataRow<AugmentOp, string>> Illegal =>
    [
        new(new RandomResizedCrop { Size = 0 }, "Size"), new(new RandomResizedCrop { Size = 20.5 }, "Size"), new(new RandomResizedCrop { Size = new(1, 2, 3) }, "Size"),
        new(new RandomResizedCrop { Scale = 0.5 }, "Scale"), new(new RandomResizedCrop { Scale = new(0, 1) }, "Scale"), new(new RandomResizedCrop { Scale = new(1, 0.5) }, "Scale"),
        new(new RandomResizedCrop { Scale = new(0.5, 1.1) }, "Scale"), new(new RandomResizedCrop { Ratio = new(0, 1) }, "Ratio"),
        new(new Resize { Size = -1 }, "Size"), new(new Resize { MaxSize = 10 }, "MaxSize"), new(new Resize { Size = 10, MaxSize = 10 }, "MaxSize"),
        new(new CenterCrop { Size = 1_000_000 }, "Size"), new(new RandomHorizontalFlip { P = 1.1 }, "P"), new(new RandomVerticalFlip { P = double.NaN }, "P"),
        new(new ColorJitter { Brightness = -0.1 }, "Brightness"), new(new ColorJitter { Contrast = new(2, 1) }, "Contrast"),
        new(new ColorJitter { Saturation = double.PositiveInfinity }, "Saturation"), new(new ColorJitter { Hue = 0.6 }, "Hue"), new(new ColorJitter { Hue = new(-0.6, 0) }, "Hue"),
        new(new RandomRotation { Degrees = -5 }, "Degrees"), new(new RandomRotation { Interpolation = Models.Interpolation.Bicubic }, "Interpolation"),
        new(new RandomRotation { Center = 3 }, "Center"), new(new RandomRotation { Fill = 256 }, "Fill"), new(new RandomRotation { Fill = new(1, 2) }, "Fill"),
        new(new Pad { Padding = -1 }, "Padding"), new(new Pad { Padding = new(1, 2, 3) }, "Padding"), new(new Pad { Fill = 256 }, "Fill"),
        new(new RandomCrop { Size = 0 }, "Size"), new(new RandomCrop { Padding = 0.5 }, "Padding"), new(new RandomCrop { Fill = new(1, 2) }, "Fill"),
        new(new RandomAffine { Degrees = -1 }, "Degrees"), new(new RandomAffine { Translate = 0.1 }, "Translate"), new(new RandomAffine { Translate = new(0, 1.1) }, "Translate"),
        new(new RandomAffine { Scale = new(0, 1) }, "Scale"), new(new RandomAffine { Shear = new(1, 2, 3) }, "Shear"), new(new RandomAffine { Shear = 90 }, "Shear"),
        new(new RandomAffine { Shear = new(1, 2, 4, 3) }, "Shear"), new(new RandomAffine { Center = 1 }, "Center"), new(new RandomAffine { Interpolation = Models.Interpolation.Bicubic }, "Interpolation"),
        new(new RandomPerspective { DistortionScale = 1.1 }, "DistortionScale"), new(new RandomPerspective { P = -0.1 }, "P"), new(new RandomPerspective { Fill = -1 }, "Fill"),
        new(new ElasticTransform { Alpha = -1 }, "Alpha"), new(new ElasticTransform { Sigma = new(1, 2, 3) }, "Sigma"),
        new(new RandomGrayscale { P = 2 }, "P"), new(new RandomInvert { P = 2 }, "P"), new(new RandomAutocontrast { P = 2 }, "P"), new(new RandomEqualize { P = 2 }, "P"),
        new(new RandomPosterize { Bits = 9 }, "Bits"), new(new RandomPosterize { P = 2 }, "P"), new(new RandomSolarize { Threshold = -1 }, "Threshold"), new(new RandomSolarize { P = 2 }, "P"),
        new(new RandomAdjustSharpness { SharpnessFactor = -1 }, "SharpnessFactor"), new(new RandomAdjustSharpness { P = 2 }, "P"),
        new(new GaussianBlur { KernelSize = 4 }, "KernelSize"), new(new GaussianBlur { KernelSize = new(3, 0) }, "KernelSize"), new(new GaussianBlur { Sigma = 0 }, "Sigma"), new(new GaussianBlur { Sigma = new(2, 1) }, "Sigma"),
        new(new GaussianNoise { Mean = 2 }, "Mean"), new(new GaussianNoise { Sigma = -1 }, "Sigma"),
        new(new RandomErasing { P = 2 }, "P"), new(new RandomErasing { Scale = new(0, 2) }, "Scale"), new(new RandomErasing { Ratio = new(0, 1) }, "Ratio"), new(new RandomErasing { Value = new(1, 2) }, "Value"),
        new(new RandomPhotometricDistort { Brightness = 0.5 }, "Brightness"), new(new RandomPhotometricDistort { Contrast = new(-1, 1) }, "Contrast"),
        new(new RandomPhotometricDistort { Saturation = new(2, 1) }, "Saturation"), new(new RandomPhotometricDistort { Hue = new(0, 0.6) }, "Hue"), new(new RandomPhotometricDistort { P = 2 }, "P"),
        new(new JPEG { Quality = 0 }, "Quality"), new(new JPEG { Quality = new(90, 50) }, "Quality"), new(new JPEG { Quality = 50.5 }, "Quality"),
        new(new RandAugment { NumOps = -1 }, "NumOps"), new(new RandAugment { Magnitude = 31 }, "Magnitude"), new(new RandAugment { NumMagnitudeBins = 1 }, "NumMagnitudeBins"),
        new(new RandAugment { Interpolation = Models.Interpolation.Bicubic }, "Interpolation"), new(new TrivialAugmentWide { NumMagnitudeBins = 0 }, "NumMagnitudeBins"),
        new(new AutoAugment { Fill = 300 }, "Fill"), new(new AugMix { Severity = 0 }, "Severity"), new(new AugMix { MixtureWidth = 0 }, "MixtureWidth"),
        new(new AugMix { ChainDepth = 17 }, "ChainDepth"), new(new AugMix { Alpha = 0 }, "Alpha"),
        new(new OneOf { Ops = [new Pad()], Probabilities = new(1, 2) }, "Probabilities"), new(new OneOf { Ops = [new Pad()], Probabilities = 0 }, "Probabilities"),
        new(new SomeOf { Ops = [new Pad()], N = 2 }, "N"), new(new SomeOf { N = new(2, 1) }, "N"), new(new RandomApply { P = 2 }, "P"),
    ];

    [Theory, MemberData(nameof(Illegal))]
    public void Refuses_a_setting_out_of_range_by_name(AugmentOp op, string setting)
    {
        var fault = Assert.Throws<FineTuneException>(op.Validate);
        Assert.Equal("InvalidOpSetting", fault.Id);
        Assert.StartsWith($"{op.GetType().Name} has {setting} ", fault.Message);
    }

    [Fact]
    public void A_group_refuses_what_an_op_inside_refuses()
    {
        AugmentOp[] wrong = [new Pad(), new RandomOrder { Ops = [new RandomInvert { P = 2 }] }];
        foreach (var group in new AugmentOp[] { new OneOf { Ops = wrong }, new SomeOf { Ops = wrong }, new RandomApply { Ops = wrong }, new RandomOrder { Ops = wrong } })
            Assert.StartsWith("RandomInvert has P 2", Assert.Throws<FineTuneException>(group.Validate).Message);
    }

    [Fact]
    public void Groups_are_equal_when_their_ops_and_kinds_are()
    {
        Assert.Equal(new OneOf { Ops = [new Pad(), new JPEG()] }, new OneOf { Ops = [new Pad(), new JPEG()] });
        Assert.NotEqual(new OneOf { Ops = [new Pad(), new JPEG()] }, new OneOf { Ops = [new JPEG(), new Pad()] });
        Assert.NotEqual(new OneOf { Ops = [new Pad()] }, new OneOf { Ops = [new Pad()], Probabilities = 1 });
        Assert.NotEqual<OpGroup>(new RandomOrder { Ops = [new Pad()] }, new SomeOf { Ops = [new Pad()] });
    }

    [Fact]
    public void RandomCrop_refuses_an_image_that_is_too_small_unless_told_to_pad()
    {
        var fault = Assert.Throws<FineTuneException>(() => new RandomCrop { Size = 20, Padding = 2 }.Draw(RandomStream.For(1, 1, 1, 0), new(30, 15, 8)));
        Assert.Equal("CropLargerThanImage", fault.Id);
        var crop = (Crop)new RandomCrop { Size = 20, Padding = 2, PadIfNeeded = true }.Draw(RandomStream.For(1, 1, 1, 0), new(30, 15, 8));
        Assert.InRange(crop.Top, -3, -2);
    }

    [Fact]
    public void Equalize_and_autocontrast_leave_a_channel_of_one_value()
    {
        foreach (var edit in new Edit[] { new Equalize(), new Autocontrast() })
        {
            using var picture = AugmentLawTests.Noise(40, 30, 1);
            foreach (ref var value in picture.Pixels) value = (byte)(40 + value / 2);
            for (var i = 1; i < picture.Pixels.Length; i += 3) picture.Pixels[i] = 77;
            using var after = edit.Apply(picture.Copy());
            Assert.False(after.Pixels.SequenceEqual(picture.Pixels));
            for (var i = 1; i < after.Pixels.Length; i += 3) Assert.Equal(77, after.Pixels[i]);
        }
    }

    [Fact]
    public void Noise_is_normal_and_clipped_only_if_asked()
    {
        using var gray = new Picture(400, 300);
        gray.Pixels.Fill(100);
        using var noisy = new AddNoise { Mean = 0.1, Sigma = 0.1, NoiseKey = ulong.MaxValue - 4 }.Apply(gray.Copy());
        var apart = noisy.Pixels.ToArray().Select(value => (value - 125.5) / 25.5).ToArray();
        Assert.InRange(apart.Average(), -0.01, 0.01);
        Assert.InRange(apart.Select(value => value * value).Average(), 0.99, 1.01);
        Assert.InRange(apart.Select(value => Math.Pow(value, 4)).Average(), 2.9, 3.1);
        Assert.InRange(apart.Count(value => Math.Abs(value) > 1.96) / (double)apart.Length, 0.045, 0.055);
        Assert.InRange(apart.Zip(apart.Skip(1), (one, next) => one * next).Average(), -0.01, 0.01);

        gray.Pixels.Fill(250);
        using var clipped = new AddNoise { Sigma = 0.02, NoiseKey = 1 }.Apply(gray.Copy());
        using var wrapped = new AddNoise { Sigma = 0.02, NoiseKey = 1, Clip = false }.Apply(gray.Copy());
        Assert.DoesNotContain(clipped.Pixels.ToArray(), value => value < 200);
        Assert.Contains(wrapped.Pixels.ToArray(), value => value < 20);
    }

    [Fact]
    public void Elastic_movements_are_as_large_as_torchvisions()
    {
        // Uniform noise has a variance of 1/3; a normal blur divides it by 4 pi sigma^2.
        var weights = Bell.Weights(41, 5);
        var field = SmoothField.Rent(new(1), 400, 300, weights, weights, 25).AsSpan(0, 400 * 300).ToArray();
        Assert.InRange(Math.Sqrt(field.Select(value => (double)value * value).Average()), 0.8 * 25 / Math.Sqrt(12 * Math.PI * 25), 1.2 * 25 / Math.Sqrt(12 * Math.PI * 25));
    }

    [Fact]
    public void An_erased_rectangle_of_noise_is_noise_and_the_rest_stays()
    {
        using var picture = AugmentLawTests.Noise(40, 30, 1);
        using var after = new Erase { Left = 5, Top = 6, Width = 20, Height = 100, Value = null, NoiseKey = 7 }.Apply(picture.Copy());
        Assert.True(after.Row(5).SequenceEqual(picture.Row(5)));
        Assert.True(after.Row(6)[..15].SequenceEqual(picture.Row(6)[..15]));
        Assert.True(after.Row(29)[75..].SequenceEqual(picture.Row(29)[75..]));
        Assert.True(after.Row(29)[15..75].ToArray().Distinct().Count() > 20);
    }

    [Fact]
    public void A_mixture_refuses_chains_that_change_the_size()
    {
        using var picture = AugmentLawTests.Noise(5, 5, 1);
        Assert.Equal("EditDoesNotFit", Assert.Throws<FineTuneException>(() => new Mixture { Weights = new(0.5, 0.5), Chains = [new Crop { Width = 2, Height = 2 }] }.Apply(picture)).Id);
    }

    [Fact]
    public void A_rectangle_drawn_for_a_larger_image_is_refused()
    {
        using var small = AugmentLawTests.Noise(5, 5, 1);
        Assert.Equal("EditDoesNotFit", Assert.Throws<FineTuneException>(() => new ResizedCrop { Left = 2, Width = 4, Height = 2 }.Apply(small)).Id);
    }

    [Fact]
    public void A_line_is_not_resized_beyond_what_an_image_may_have()
    {
        var picture = AugmentLawTests.Noise(10_000, 1, 1);
        var fault = Assert.Throws<FineTuneException>(() => new AugmentPipeline { Ops = [new Resize()] }.Run(picture, 224, new(1, 1, 1)));
        Assert.Equal(("ImageTooLarge", FaultKind.LimitExceeded), (fault.Id, fault.Kind));
    }

    [Fact]
    public void A_row_of_any_width_is_mirrored()
    {
        for (var width = 1; width <= 80; width++)
        {
            using var picture = AugmentLawTests.Noise(width, 3, width);
            var expected = Enumerable.Range(0, picture.Pixels.Length).Select(i => (i / (3 * width) * width + width - 1 - i / 3 % width) * 3 + i % 3).ToArray();
            var before = picture.Pixels.ToArray();
            new Flip().Apply(picture);
            Assert.Equal(expected.Select(i => before[i]), picture.Pixels.ToArray());
        }
    }

    [Fact]
    public void Numbers_are_one_or_a_list()
    {
        Assert.Equal("0.5", PlanJson.Write<Numbers>(0.5));
        Assert.Equal(new Numbers(0.1, 1), PlanJson.Read<Numbers>("[0.1, 1]"));
        Assert.Equal(new Numbers(0.1, 1), new Numbers((object[])[0.1, "1"]));
        Assert.Equal("[0.1, 1]", new Numbers(0.1, 1).ToString());
        Assert.NotEqual(new Numbers(1), new Numbers(1, 1));
        Assert.Equal("NoNumbers", Assert.Throws<FineTuneException>(() => new Numbers((object[])["wide"])).Id);
        Assert.Equal("InvalidJson", Assert.Throws<FineTuneException>(() => PlanJson.Read<Numbers>("[]")).Id);
    }
}

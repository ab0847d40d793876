using PSFineTune.Augment;
using PSFineTune.Augment.Edits;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>How single ops draw, and what they refuse.</summary>
public class AugmentOpTests
{
    const int Draws = 20_000;

    // Kolmogorov and Smirnov's bound for one chance in a thousand.
    static readonly double s_bound = 1.95 / Math.Sqrt(Draws);

    [Fact]
    public void RandomResizedCrop_draws_area_uniformly_and_aspect_log_uniformly()
    {
        // Parts of at most a quarter fit at every aspect, so that no draw is refused and the laws hold exactly.
        var op = new RandomResizedCrop { Scale = new(0.05, 0.25), Ratio = new(0.5, 2) };
        var crops = Enumerable.Range(0, Draws).Select(i => (ResizedCrop)op.Draw(RandomStream.For(3, 1, (ulong)i, 0), new(4000, 4000, 224))).ToList();
        Assert.All(crops, crop => Assert.Equal((224, 224), (crop.ToWidth, crop.ToHeight)));
        AssertUniform(crops.Select(crop => (crop.Width * (double)crop.Height / 16e6 - 0.05) / 0.2));
        AssertUniform(crops.Select(crop => (Math.Log((double)crop.Width / crop.Height) - Math.Log(0.5)) / Math.Log(4)));
        AssertUniform(crops.Select(crop => crop.Left / (4000.0 - crop.Width)));
        AssertUniform(crops.Select(crop => crop.Top / (4000.0 - crop.Height)));
    }

    [Fact]
    public void RandomResizedCrop_falls_back_to_the_centre()
    {
        var crop = Assert.IsType<ResizedCrop>(new RandomResizedCrop().Draw(RandomStream.For(1, 1, 1, 0), new(1000, 3, 8)));
        Assert.Equal((498, 0, 4, 3), (crop.Left, crop.Top, crop.Width, crop.Height));
    }

    [Theory, InlineData(0), InlineData(0.5), InlineData(0.9), InlineData(1)]
    public void Flips_come_with_their_probability(double p)
    {
        foreach (var op in new AugmentOp[] { new RandomHorizontalFlip { P = p }, new RandomVerticalFlip { P = p } })
        {
            var flips = Enumerable.Range(0, Draws).Count(i => op.Draw(RandomStream.For(3, 1, (ulong)i, 0), new(9, 9, 9)) is Flip);
            // Four standard deviations.
            Assert.InRange(flips, Draws * p - 4 * Math.Sqrt(Draws * p * (1 - p)), Draws * p + 4 * Math.Sqrt(Draws * p * (1 - p)));
        }
    }

    [Fact]
    public void ColorJitter_draws_every_part_within_its_range_in_every_order()
    {
        var op = new ColorJitter { Brightness = 0.4, Contrast = new(0.5, 3), Saturation = 2, Hue = 0.1 };
        var orders = new HashSet<string>();
        var factors = new Dictionary<Type, List<double>>();
        for (var i = 0; i < Draws; i++)
        {
            var edits = ((Sequence)op.Draw(RandomStream.For(3, 1, (ulong)i, 0), new(9, 9, 9))).Edits;
            orders.Add(string.Join(' ', edits.Select(edit => edit.GetType().Name)));
            foreach (var edit in edits)
            {
                factors.TryAdd(edit.GetType(), []);
                factors[edit.GetType()].Add((double)edit.GetType().GetProperty("Factor")!.GetValue(edit)!);
            }
        }
        Assert.Equal(24, orders.Count);
        AssertUniform(factors[typeof(AdjustBrightness)].Select(factor => (factor - 0.6) / 0.8));
        AssertUniform(factors[typeof(AdjustContrast)].Select(factor => (factor - 0.5) / 2.5));
        AssertUniform(factors[typeof(AdjustSaturation)].Select(factor => factor / 3));
        AssertUniform(factors[typeof(AdjustHue)].Select(factor => (factor + 0.1) / 0.2));
    }

    [Fact]
    public void RandomRotation_draws_uniformly_between_its_degrees() =>
        AssertUniform(Enumerable.Range(0, Draws).Select(i =>
            (((Rotate)new RandomRotation { Degrees = 30 }.Draw(RandomStream.For(3, 1, (ulong)i, 0), new(9, 9, 9))).Degrees + 30) / 60));

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
    ];

    [Theory, MemberData(nameof(Illegal))]
    public void Refuses_a_setting_out_of_range_by_name(AugmentOp op, string setting)
    {
        var fault = Assert.Throws<FineTuneException>(op.Validate);
        Assert.Equal("InvalidOpSetting", fault.Id);
        Assert.StartsWith($"{op.GetType().Name} has {setting} ", fault.Message);
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

    static void AssertUniform(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        var apart = sorted.Select((value, i) => Math.Max(Math.Abs(value - (double)i / sorted.Length), Math.Abs(value - (i + 1.0) / sorted.Length))).Max();
        Assert.InRange(apart, 0, s_bound);
    }
}

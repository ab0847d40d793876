using PSFineTune.Augment;
using PSFineTune.Augment.Edits;
using PSFineTune.Augment.Policies;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>How ops draw, counted over many draws with fixed seeds; no pixels are touched.</summary>
public class AugmentDistributionTests
{
    const int Draws = 40_000;

    static readonly Canvas s_canvas = new(320, 224, 224);

    public static TheoryData<string> EveryOpWithP => [.. Catalog<AugmentOp>.Types.Where(type => type.GetProperty("P") is not null).Select(type => type.Name)];

    [Fact]
    public void The_ops_with_P_are_torchvisions() => Assert.Equal(
        ["RandomAdjustSharpness", "RandomApply", "RandomAutocontrast", "RandomEqualize", "RandomErasing", "RandomGrayscale", "RandomHorizontalFlip", "RandomInvert",
         "RandomPerspective", "RandomPhotometricDistort", "RandomPosterize", "RandomSolarize", "RandomVerticalFlip"],
        Catalog<AugmentOp>.Types.Where(type => type.GetProperty("P") is not null).Select(type => type.Name));

    [Theory, MemberData(nameof(EveryOpWithP))]
    public void P_is_the_chance_that_something_is_done(string name)
    {
        foreach (var p in new[] { 0, 0.1, 0.5, 0.9, 1 })
        {
            AugmentOp op = name switch
            {
                "RandomApply" => new RandomApply { Ops = [new Pad()] },
                // A small part always fits.
                "RandomErasing" => new RandomErasing { Scale = new(0.02, 0.1) },
                _ => Catalog<AugmentOp>.Create(name),
            };
            op.GetType().GetProperty("P")!.SetValue(op, p);
            // Distortion has five parts, each with the chance.
            var expected = name == "RandomPhotometricDistort" ? 1 - Math.Pow(1 - p, 5) : p;
            AssertShare(expected, All<Edit>(op).Count(edit => edit is not Keep), $"{name} with P {p}");
        }
    }

    [Fact]
    public void ColorJitter_draws_all_24_orders_equally_and_every_factor_evenly()
    {
        var drawn = All<Sequence>(new ColorJitter { Brightness = 0.4, Contrast = new(0.5, 3), Saturation = 2, Hue = 0.3 }).ToList();
        AssertEven(24, drawn.Select(one => string.Join(' ', one.Edits.Select(edit => edit.GetType().Name))));
        Uniform.Assert(drawn.Select(one => (one.Edits.OfType<AdjustBrightness>().Single().Factor - 0.6) / 0.8));
        Uniform.Assert(drawn.Select(one => (one.Edits.OfType<AdjustContrast>().Single().Factor - 0.5) / 2.5));
        Uniform.Assert(drawn.Select(one => one.Edits.OfType<AdjustSaturation>().Single().Factor / 3));
        Uniform.Assert(drawn.Select(one => (one.Edits.OfType<AdjustHue>().Single().Factor + 0.3) / 0.6));
    }

    [Fact]
    public void RandomRotation_draws_evenly_between_its_degrees() =>
        Uniform.Assert(All<Rotate>(new RandomRotation { Degrees = 30 }).Select(one => (one.Degrees + 30) / 60));

    [Fact]
    public void RandomResizedCrop_is_uniform_in_area_and_log_uniform_in_aspect_and_falls_back_to_the_centre()
    {
        // Every part of this scale fits at every aspect, so that no try is refused and the laws hold exactly.
        var crops = All<ResizedCrop>(new RandomResizedCrop { Scale = new(0.1, 0.3), Ratio = new(0.6, 1.5) }, new(6000, 6000, 224)).ToList();
        Assert.All(crops, crop => Assert.Equal((224, 224), (crop.ToWidth, crop.ToHeight)));
        Uniform.Assert(crops.Select(crop => (crop.Width * (double)crop.Height / 36e6 - 0.1) / 0.2));
        Uniform.Assert(crops.Select(crop => Math.Log(crop.Width / (double)crop.Height / 0.6) / Math.Log(1.5 / 0.6)));
        Uniform.Assert(crops.Select(crop => crop.Left / (6000.0 - crop.Width)));
        Uniform.Assert(crops.Select(crop => crop.Top / (6000.0 - crop.Height)));

        Assert.All(All<ResizedCrop>(new RandomResizedCrop(), new(4000, 10, 8)).Take(100), crop => Assert.Equal((1993, 0, 13, 10), (crop.Left, crop.Top, crop.Width, crop.Height)));
        Assert.All(All<ResizedCrop>(new RandomResizedCrop(), new(10, 4000, 8)).Take(100), crop => Assert.Equal((0, 1993, 10, 13), (crop.Left, crop.Top, crop.Width, crop.Height)));
    }

    [Fact]
    public void RandomErasing_is_uniform_in_area_and_log_uniform_in_aspect()
    {
        var erased = All<Erase>(new RandomErasing { P = 1, Scale = new(0.02, 0.2) }, new(6000, 6000, 224)).ToList();
        Uniform.Assert(erased.Select(one => (one.Width * (double)one.Height / 36e6 - 0.02) / 0.18));
        Uniform.Assert(erased.Select(one => Math.Log(one.Height / (double)one.Width / 0.3) / Math.Log(3.3 / 0.3)));
        Uniform.Assert(erased.Select(one => one.Left / (6000.0 - one.Width)));
        Uniform.Assert(erased.Select(one => one.Top / (6000.0 - one.Height)));
    }

    [Fact]
    public void RandomAffine_draws_every_part_evenly()
    {
        var drawn = All<Affine>(new RandomAffine { Degrees = new(-10, 30), Translate = new(0.1, 0.25), Scale = new(0.5, 2), Shear = new(-5, 10, 2, 8) }, new(40_000, 40_000, 224)).ToList();
        Uniform.Assert(drawn.Select(one => (one.Degrees + 10) / 40));
        Uniform.Assert(drawn.Select(one => (one.TranslateX + 4000) / 8000));
        Uniform.Assert(drawn.Select(one => (one.TranslateY + 10_000) / 20_000));
        Uniform.Assert(drawn.Select(one => (one.Scale - 0.5) / 1.5));
        Uniform.Assert(drawn.Select(one => (one.ShearX + 5) / 15));
        Uniform.Assert(drawn.Select(one => (one.ShearY - 2) / 6));
        Assert.All(All<Affine>(new RandomAffine { Shear = 7 }).Take(100), one => Assert.Equal((0.0, 1.0, 0.0, 0.0), (one.ShearY, one.Scale, one.TranslateX, one.TranslateY)));
    }

    [Fact]
    public void RandomPerspective_moves_each_corner_evenly_inwards()
    {
        var drawn = All<Perspective>(new RandomPerspective { P = 1 }, new(320, 224, 224)).Select(one => one.EndPoints!.ToArray()).ToList();
        for (var i = 0; i < 8; i++)
        {
            var (most, far) = i % 2 == 0 ? (80, 319) : (56, 223);
            var inwards = drawn.Select(points => i is 2 or 4 or 5 or 7 ? far - points[i] : points[i]).ToList();
            Assert.Equal((0, most), (inwards.Min(), inwards.Max()));
            AssertEven(most + 1, inwards);
        }
    }

    [Fact]
    public void RandomCrop_draws_every_place_evenly()
    {
        var drawn = All<Crop>(new RandomCrop { Size = 32, Padding = 4 }, new(32, 40, 224)).ToList();
        AssertEven(9, drawn.Select(crop => crop.Left));
        AssertEven(17, drawn.Select(crop => crop.Top));
        Assert.Equal((-4, -4), (drawn.Min(crop => crop.Left), drawn.Min(crop => crop.Top)));
    }

    [Fact]
    public void Blur_quality_and_channels_are_drawn_evenly()
    {
        Uniform.Assert(All<Blur>(new GaussianBlur()).Select(one => (one.Sigma - 0.1) / 1.9));
        AssertEven(51, All<Recompress>(new JPEG()).Select(one => one.Quality));
        Assert.All(All<Recompress>(new JPEG { Quality = 30 }).Take(100), one => Assert.Equal(30, one.Quality));
        AssertEven(6, All<PermuteChannels>(new RandomChannelPermutation()).Select(one => one.Order));
    }

    [Fact]
    public void RandAugment_draws_every_step_and_sign_evenly_at_one_strength()
    {
        var op = new RandAugment { NumOps = 1, Magnitude = 20 };
        var expected = Signs(op, PolicySpace.Moderate, 20, op.NumMagnitudeBins);
        AssertMatches(expected, All<Edit>(op));
        var twice = All<Edit>(new RandAugment()).ToList();
        // Nothing, one or two, as Identity is drawn twice, once or never.
        AssertShare(1.0 / 196, twice.Count(edit => edit is Keep), "Identity twice");
        AssertShare(169.0 / 196, twice.Count(edit => edit is Sequence { Edits.Count: 2 }), "two steps");
    }

    [Fact]
    public void TrivialAugmentWide_draws_every_step_bin_and_sign_evenly()
    {
        var op = new TrivialAugmentWide { NumMagnitudeBins = 7 };
        var expected = new Dictionary<Edit, double>();
        for (var bin = 0; bin < 7; bin++)
            foreach (var (edit, share) in Signs(op, PolicySpace.Wide, bin, 7)) expected[edit] = expected.GetValueOrDefault(edit) + share / 7;
        AssertMatches(expected, All<Edit>(op));
    }

    [Fact]
    public void AutoAugment_draws_every_pair_evenly_and_each_step_with_its_chance()
    {
        var drawn = All<Edit>(new AutoAugment()).ToList();
        double Chance(Func<LearnedStep, bool> which) => LearnedPolicy.ImageNet.Average(pair => 1 - (which(pair.First) ? 1 - pair.First.Chance : 1) * (which(pair.Second) ? 1 - pair.Second.Chance : 1));
        static bool Holds<T>(Edit edit) => edit is T || edit is Sequence many && many.Edits.Any(one => one is T);
        AssertShare(Chance(step => step.Step == PolicyStep.Equalize), drawn.Count(Holds<Equalize>), "Equalize");
        AssertShare(Chance(step => step.Step == PolicyStep.Rotate), drawn.Count(Holds<Rotate>), "Rotate");
        AssertShare(Chance(step => step.Step == PolicyStep.Invert), drawn.Count(Holds<Invert>), "Invert");
        AssertShare(Chance(step => step.Step == PolicyStep.Posterize), drawn.Count(Holds<Posterize>), "Posterize");
        var turns = drawn.SelectMany(edit => edit is Sequence many ? many.Edits : [edit]).OfType<Rotate>().ToList();
        Assert.InRange(turns.Count(turn => turn.Degrees > 0) / (double)turns.Count, 0.47, 0.53);
    }

    [Fact]
    public void AugMix_draws_its_weights_and_depths()
    {
        foreach (var alpha in new[] { 0.3, 1, 4 })
        {
            var drawn = All<Mixture>(new AugMix { Alpha = alpha, MixtureWidth = 3 }).ToList();
            Assert.All(drawn.Take(1000), one => Assert.Equal(1, one.Weights.ToArray().Sum(), 1e-9));
            // Beta(a, a): mean 1/2, variance 1 / (4 (2 a + 1)).
            var image = drawn.Select(one => one.Weights[0]).ToList();
            AssertMoments(image, 0.5, 1 / (4 * (2 * alpha + 1)));
            // Dirichlet(a, a, a): mean 1/3, variance 2/9 / (3 a + 1).
            for (var chain = 1; chain <= 3; chain++) AssertMoments(drawn.Select(one => one.Weights[chain] / (1 - one.Weights[0])).ToList(), 1.0 / 3, 2.0 / 9 / (3 * alpha + 1));
            if (alpha == 1) Uniform.Assert(image);
        }
        AssertEven(3, All<Mixture>(new AugMix()).Select(one => one.Chains[0] is Sequence many ? many.Edits.Count : 1));
        Assert.All(All<Mixture>(new AugMix { ChainDepth = 2 }).Take(100), one => Assert.All(one.Chains, chain => Assert.Equal(2, ((Sequence)chain).Edits.Count)));
        Assert.DoesNotContain(All<Mixture>(new AugMix { AllOps = false, ChainDepth = 1 }).SelectMany(one => one.Chains), chain => chain is AdjustBrightness or AdjustSaturation or AdjustContrast or AdjustSharpness);
    }

    [Fact]
    public void Groups_choose_and_order_evenly()
    {
        AugmentOp[] ops = [new Pad { Padding = 1 }, new Pad { Padding = 2 }, new Pad { Padding = 3 }, new Pad { Padding = 4 }];
        static string Steps(Edit edit) => edit is Sequence many ? string.Join(' ', many.Edits.Cast<Crop>().Select(crop => -crop.Left)) : edit is Crop one ? $"{-one.Left}" : "";

        AssertEven(4, All<Edit>(new OneOf { Ops = ops }).Select(Steps));
        var weighted = All<Edit>(new OneOf { Ops = ops, Probabilities = new(1, 0, 5, 2) }).Select(Steps).ToList();
        foreach (var (step, share) in new[] { ("1", 0.125), ("2", 0), ("3", 0.625), ("4", 0.25) }) AssertShare(share, weighted.Count(one => one == step), $"OneOf {step}");

        var two = All<Edit>(new SomeOf { Ops = ops, N = 2 }).Select(Steps).ToList();
        Assert.Equal(["1 2", "1 3", "1 4", "2 3", "2 4", "3 4"], two.Distinct().Order());
        AssertEven(6, two);
        AssertEven(5, All<Edit>(new SomeOf { Ops = ops, N = new(0, 4) }).Select(edit => Steps(edit).Split(' ', StringSplitOptions.RemoveEmptyEntries).Length));

        AssertEven(24, All<Edit>(new RandomOrder { Ops = ops }).Select(Steps));
        Assert.All(All<Edit>(new RandomApply { Ops = ops, P = 1 }).Take(100), edit => Assert.Equal("1 2 3 4", Steps(edit)));
    }

    [Fact]
    public void An_op_in_a_group_draws_for_the_image_that_the_one_before_leaves()
    {
        var edit = (Sequence)new RandomApply { Ops = [new Pad { Padding = 10 }, new CenterCrop { Size = 20 }], P = 1 }.Draw(RandomStream.For(1, 1, 1, 0), new(30, 40, 8));
        Assert.Equal((15, 20), (((Crop)edit.Edits[1]).Left, ((Crop)edit.Edits[1]).Top));
    }

    [Fact]
    public void RandomPhotometricDistort_puts_contrast_first_or_last()
    {
        var drawn = All<Sequence>(new RandomPhotometricDistort { P = 1 }).ToList();
        AssertEven(2, drawn.Select(one => string.Join(' ', one.Edits.Select(edit => edit.GetType().Name))));
        Uniform.Assert(drawn.Select(one => (one.Edits.OfType<AdjustBrightness>().Single().Factor - 0.875) / 0.25));
        Uniform.Assert(drawn.Select(one => one.Edits.OfType<AdjustContrast>().Single().Factor - 0.5));
        Uniform.Assert(drawn.Select(one => one.Edits.OfType<AdjustSaturation>().Single().Factor - 0.5));
        Uniform.Assert(drawn.Select(one => (one.Edits.OfType<AdjustHue>().Single().Factor + 0.05) / 0.1));
    }

    /// <summary>Each edit of a space at one bin, by its chance.</summary>
    static Dictionary<Edit, double> Signs(PolicyOp op, PolicySpace space, int bin, int bins)
    {
        var expected = new Dictionary<Edit, double>();
        foreach (var step in space.Steps)
            foreach (var sign in new[] { 1, PolicySpace.Signed(step) ? -1 : 1 })
            {
                var edit = op.EditOf(step, sign * space.At(step, bin, bins, s_canvas));
                expected[edit] = expected.GetValueOrDefault(edit) + 0.5 / space.Steps.Length;
            }
        return expected;
    }

    static IEnumerable<T> All<T>(AugmentOp op, Canvas? canvas = null) where T : Edit =>
        Enumerable.Range(0, Draws).Select(i => (T)op.Draw(RandomStream.For(11, 1, (ulong)i, 0), canvas ?? s_canvas));

    /// <summary>So many of all draws, within four standard deviations.</summary>
    static void AssertShare(double expected, int count, string what)
    {
        var wide = 4 * Math.Sqrt(Draws * expected * (1 - expected));
        Assert.True(Math.Abs(count - Draws * expected) <= wide, $"{what}: {count} of {Draws}, expected {Draws * expected:F0} within {wide:F0}.");
    }

    static void AssertEven<T>(int kinds, IEnumerable<T> drawn) where T : notnull
    {
        var counts = drawn.CountBy(one => one).ToDictionary();
        Assert.Equal(kinds, counts.Count);
        AssertFits(counts.Values.Select(count => (count, counts.Values.Sum() / (double)kinds)));
    }

    static void AssertMatches(Dictionary<Edit, double> shares, IEnumerable<Edit> drawn)
    {
        var counts = drawn.CountBy(edit => edit).ToDictionary();
        Assert.Empty(counts.Keys.Except(shares.Keys));
        AssertFits(shares.Select(pair => (counts.GetValueOrDefault(pair.Key), Draws * pair.Value)));
    }

    /// <summary>Pearson's chi-square; the bound is Wilson and Hilferty's for one chance in ten thousand.</summary>
    static void AssertFits(IEnumerable<(int Count, double Expected)> cells)
    {
        var all = cells.ToList();
        var square = all.Sum(cell => Math.Pow(cell.Count - cell.Expected, 2) / cell.Expected);
        var free = all.Count - 1;
        var bound = free * Math.Pow(1 - 2.0 / (9 * free) + 3.72 * Math.Sqrt(2.0 / (9 * free)), 3);
        Assert.InRange(square, 0, bound);
    }

    static void AssertMoments(List<double> values, double mean, double variance)
    {
        Assert.InRange(values.Average(), mean - 4 * Math.Sqrt(variance / values.Count), mean + 4 * Math.Sqrt(variance / values.Count));
        Assert.InRange(values.Average(value => Math.Pow(value - mean, 2)) / variance, 0.96, 1.04);
    }
}

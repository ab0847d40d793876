using PSFineTune.Augment;
using PSFineTune.Augment.Edits;
using PSFineTune.Augment.Policies;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>Strengths and learned pairs are torchvision's, for every op and bin (Goldens/augment-magnitudes.py).</summary>
public class AugmentPolicyTests
{
    sealed record Golden
    {
        public int Width { get; init; }
        public int Height { get; init; }
        public IReadOnlyList<Space> Spaces { get; init; } = [];
        public IReadOnlyList<IReadOnlyList<Learned>> Learned { get; init; } = [];
    }

    sealed record Space
    {
        public string Policy { get; init; } = "";
        public IReadOnlyList<Strength> Ops { get; init; } = [];
    }

    sealed record Strength
    {
        public string Op { get; init; } = "";
        public bool Signed { get; init; }
        public IReadOnlyList<double> Magnitudes { get; init; } = [];
    }

    sealed record Learned
    {
        public string Op { get; init; } = "";
        public double Chance { get; init; }
        public int Bin { get; init; }
    }

    static readonly Golden s_golden = PixelGolden.Embedded<Golden>("augment-magnitudes.json");

    [Theory, InlineData("RandAugment"), InlineData("TrivialAugmentWide"), InlineData("AugMix"), InlineData("AugMix without all ops"), InlineData("AutoAugment")]
    public void Strengths_are_torchvisions(string policy)
    {
        var golden = s_golden.Spaces.Single(space => space.Policy == policy);
        var space = policy switch { "TrivialAugmentWide" => PolicySpace.Wide, "AugMix" => PolicySpace.Mixed, "AugMix without all ops" => PolicySpace.MixedFew, _ => PolicySpace.Moderate };
        if (policy != "AutoAugment") Assert.Equal(golden.Ops.Select(one => one.Op), space.Steps.Select(step => step.ToString()));

        foreach (var one in golden.Ops)
        {
            var step = Enum.Parse<PolicyStep>(one.Op);
            var bins = one.Magnitudes.Count;
            Assert.Equal((one.Op, one.Signed, bins > 1), (one.Op, PolicySpace.Signed(step), PolicySpace.Graded(step)));
            for (var bin = 0; bin < bins; bin++)
            {
                var (expected, actual) = (one.Magnitudes[bin], bins == 1 ? 0 : space.At(step, bin, bins, new(s_golden.Width, s_golden.Height, 224)));
                // Torch's last digit depends on how wide the processor's vectors are; the whole pixels of a shift do not.
                Assert.True(Math.Abs(expected - actual) <= 2e-7 * Math.Abs(expected), $"{one.Op} at bin {bin} is {actual}, not {expected}.");
                Assert.Equal((one.Op, bin, Math.Truncate(expected)), (one.Op, bin, Math.Truncate(actual)));
            }
        }
    }

    [Fact]
    public void The_learned_pairs_are_torchvisions() =>
        Assert.Equal(
            s_golden.Learned.Select(pair => string.Join("; ", pair.Select(one => (one.Op, one.Chance, one.Bin).ToString()))),
            LearnedPolicy.ImageNet.Select(pair => string.Join("; ", new[] { pair.First, pair.Second }.Select(one => (one.Step.ToString(), one.Chance, one.Bin).ToString()))));

    [Fact]
    public void Every_step_becomes_the_edit_that_torchvision_applies()
    {
        var op = new RandAugment { Fill = 7 };
        Assert.Equal(new Affine { ShearX = Math.Atan(0.3) / Math.PI * 180, Center = new(0, 0), Fill = 7 }, op.EditOf(PolicyStep.ShearX, 0.3));
        Assert.Equal(new Affine { ShearY = Math.Atan(-0.3) / Math.PI * 180, Center = new(0, 0), Fill = 7 }, op.EditOf(PolicyStep.ShearY, -0.3));
        Assert.Equal(new Affine { TranslateX = -3, Fill = 7 }, op.EditOf(PolicyStep.TranslateX, -3.9));
        Assert.Equal(new Affine { TranslateY = 3, Fill = 7 }, op.EditOf(PolicyStep.TranslateY, 3.9));
        Assert.Equal(new Rotate { Degrees = -30, Fill = 7 }, op.EditOf(PolicyStep.Rotate, -30));
        Assert.Equal(new AdjustBrightness { Factor = 1.5 }, op.EditOf(PolicyStep.Brightness, 0.5));
        Assert.Equal(new AdjustSaturation { Factor = 0.5 }, op.EditOf(PolicyStep.Color, -0.5));
        Assert.Equal(new AdjustContrast { Factor = 1.5 }, op.EditOf(PolicyStep.Contrast, 0.5));
        Assert.Equal(new AdjustSharpness { Factor = 1.5 }, op.EditOf(PolicyStep.Sharpness, 0.5));
        Assert.Equal(new Posterize { Bits = 6 }, op.EditOf(PolicyStep.Posterize, 6));
        Assert.Equal(new Solarize { Threshold = 170 }, op.EditOf(PolicyStep.Solarize, 170));
        Assert.Equal(new Edit[] { new Autocontrast(), new Equalize(), new Invert(), new Keep() },
            new[] { PolicyStep.AutoContrast, PolicyStep.Equalize, PolicyStep.Invert, PolicyStep.Identity }.Select(step => op.EditOf(step, 0)));
    }
}

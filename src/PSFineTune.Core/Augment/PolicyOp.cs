using PSFineTune.Augment.Edits;
using PSFineTune.Augment.Policies;
using PSFineTune.Models;

namespace PSFineTune.Augment;

/// <summary>An op that draws from a fixed set of changes, each in a number of strengths.</summary>
public abstract record PolicyOp : AugmentOp
{
    private protected const int MostBins = 1000;

    /// <summary>Nearest or Bilinear, where the image is sheared, shifted or turned.</summary>
    public Interpolation Interpolation { get; init; } = Interpolation.Nearest;

    /// <summary>Colour beyond the image: one number or [red, green, blue], 0 to 255.</summary>
    public Numbers Fill { get; init; } = 0;

    internal override void Validate()
    {
        RequireNearestOrBilinear(Interpolation);
        RequireFill(Fill);
    }

    /// <summary>The step at that bin of the space, its sign drawn where it has one.</summary>
    private protected Edit Change(RandomStream random, PolicyStep step, double strength) =>
        EditOf(step, PolicySpace.Signed(step) && random.Chance(0.5) ? -strength : strength);

    /// <summary>What torchvision does for a step of that strength.</summary>
    internal Edit EditOf(PolicyStep step, double strength) => step switch
    {
        // A strength of shear is a tangent; the corner at the top left stays.
        PolicyStep.ShearX => new Affine { ShearX = Angle(strength), Center = new(0, 0), Interpolation = Interpolation, Fill = Fill },
        PolicyStep.ShearY => new Affine { ShearY = Angle(strength), Center = new(0, 0), Interpolation = Interpolation, Fill = Fill },
        PolicyStep.TranslateX => new Affine { TranslateX = Math.Truncate(strength), Interpolation = Interpolation, Fill = Fill },
        PolicyStep.TranslateY => new Affine { TranslateY = Math.Truncate(strength), Interpolation = Interpolation, Fill = Fill },
        PolicyStep.Rotate => new Rotate { Degrees = strength, Interpolation = Interpolation, Fill = Fill },
        PolicyStep.Brightness => new AdjustBrightness { Factor = 1 + strength },
        PolicyStep.Color => new AdjustSaturation { Factor = 1 + strength },
        PolicyStep.Contrast => new AdjustContrast { Factor = 1 + strength },
        PolicyStep.Sharpness => new AdjustSharpness { Factor = 1 + strength },
        PolicyStep.Posterize => new Posterize { Bits = (int)strength },
        PolicyStep.Solarize => new Solarize { Threshold = strength },
        PolicyStep.AutoContrast => new Autocontrast(),
        PolicyStep.Equalize => new Equalize(),
        PolicyStep.Invert => new Invert(),
        _ => Keep.Image,
    };

    static double Angle(double tangent) => Math.Atan(tangent) * 180 / Math.PI;
}

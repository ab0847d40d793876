using PSFineTune.Augment.Edits;
using PSFineTune.Models;

namespace PSFineTune.Augment;

/// <summary>Turns, shifts, scales and shears the image by uniformly drawn amounts; it keeps its size.</summary>
public sealed record RandomAffine : AugmentOp
{
    /// <summary>Clockwise: one number d for -d to d, or [low, high]. Torchvision has no default.</summary>
    public Numbers Degrees { get; init; } = 15;

    /// <summary>[across, down]: the most to shift by either way, parts of the image's width and height, 0 to 1; null is no shift.</summary>
    public Numbers? Translate { get; init; }

    /// <summary>[least, most] factor, above 0; null keeps the size.</summary>
    public Numbers? Scale { get; init; }

    /// <summary>
    /// Degrees, between -90 and 90: one number s for -s to s along x, [low, high] along x, or [low, high along x, low, high along y]; null is no shear.
    /// </summary>
    public Numbers? Shear { get; init; }

    /// <summary>Nearest or Bilinear.</summary>
    public Interpolation Interpolation { get; init; } = Interpolation.Nearest;

    /// <summary>Colour beyond the image: one number or [red, green, blue], 0 to 255.</summary>
    public Numbers Fill { get; init; } = 0;

    /// <summary>[x, y] that stays but for the shift, pixels from the top left corner; null is the image's centre.</summary>
    public Numbers? Center { get; init; }

    internal override Edit Draw(RandomStream random, Canvas canvas)
    {
        var (low, high) = Degrees.Around(0);
        var (shearLow, shearHigh) = Shear?.Around(0) ?? (0, 0);
        return new Affine
        {
            Degrees = random.Uniform(low, high),
            TranslateX = Shift(random, Translate?[0] * canvas.Width),
            TranslateY = Shift(random, Translate?[1] * canvas.Height),
            Scale = Scale is null ? 1 : random.Uniform(Scale[0], Scale[1]),
            ShearX = random.Uniform(shearLow, shearHigh),
            ShearY = Shear is { Count: 4 } ? random.Uniform(Shear[2], Shear[3]) : 0,
            Center = Center, Interpolation = Interpolation, Fill = Fill,
        };
    }

    internal override void Validate()
    {
        Require(Degrees.Count <= 2 && Degrees.Rises && Degrees.All(double.IsFinite) && (Degrees.Count == 2 || Degrees[0] >= 0), nameof(Degrees), Degrees, "one number, 0 or more, or [low, high]");
        Require(Translate is null || Translate.Count == 2 && Translate.All(part => part is >= 0 and <= 1), nameof(Translate), Translate, "left out, or [across, down], from 0 to 1");
        if (Scale is not null) RequireRange(Scale, double.Epsilon, 1e6, nameof(Scale), "above 0");
        Require(Shear is null || LegalShear(Shear), nameof(Shear), Shear, "left out, one number, [low, high] or [low, high, low, high], between -90 and 90");
        RequireNearestOrBilinear(Interpolation);
        RequireFill(Fill);
        Require(Center is null || Center.Count == 2 && Center.All(double.IsFinite), nameof(Center), Center, "left out, or [x, y]");
    }

    static bool LegalShear(Numbers shear) =>
        shear.All(degrees => Math.Abs(degrees) < 90) && shear.Count is 1 or 2 or 4 && (shear.Count > 1 || shear[0] >= 0)
        && (shear.Count < 2 || shear[0] <= shear[1]) && (shear.Count < 4 || shear[2] <= shear[3]);

    /// <summary>Whole pixels, as torchvision shifts.</summary>
    static double Shift(RandomStream random, double? most) => most is { } pixels ? Math.Round(random.Uniform(-pixels, pixels)) : 0;
}

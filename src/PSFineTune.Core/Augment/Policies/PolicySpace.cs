using static PSFineTune.Augment.Policies.PolicyStep;

namespace PSFineTune.Augment.Policies;

/// <summary>
/// How strong each step of a policy is by bin: linear from nothing at bin 0 to the most at the last bin, in 32-bit numbers, so
/// that bins are those of torchvision's tables to the last digit (a shift is cut to whole pixels, where a digit matters).
/// </summary>
sealed record PolicySpace
{
    /// <summary>RandAugment's and AutoAugment's: 150/331 is the paper's shift of its input's side.</summary>
    public static PolicySpace Moderate { get; } = new()
    {
        Shear = 0.3f, Shift = side => 150.0 / 331.0 * side, Turn = 30, Colour = 0.9f, Bits = 8, BitsLost = 4,
        Steps = [Identity, ShearX, ShearY, TranslateX, TranslateY, Rotate, Brightness, Color, Contrast, Sharpness, Posterize, Solarize, AutoContrast, Equalize],
    };

    /// <summary>TrivialAugment's, much wider.</summary>
    public static PolicySpace Wide { get; } = new() { Shear = 0.99f, Shift = _ => 32, Turn = 135, Colour = 0.99f, Bits = 8, BitsLost = 6, Steps = Moderate.Steps };

    /// <summary>AugMix's.</summary>
    public static PolicySpace Mixed { get; } = Moderate with
    {
        Shift = side => side / 3.0, Bits = 4,
        Steps = [ShearX, ShearY, TranslateX, TranslateY, Rotate, Posterize, Solarize, AutoContrast, Equalize, Brightness, Color, Contrast, Sharpness],
    };

    /// <summary>AugMix's without the changes that its authors' test of corruptions also makes.</summary>
    public static PolicySpace MixedFew { get; } = Mixed with { Steps = [.. Mixed.Steps.Where(step => step is not (Brightness or Color or Contrast or Sharpness))] };

    /// <summary>What a policy that draws its steps draws from, each equally likely.</summary>
    public PolicyStep[] Steps { get; init; } = [];

    /// <summary>Pixels along one axis by pixel along the other.</summary>
    public float Shear { get; init; }

    /// <summary>Pixels, by the image's side in pixels.</summary>
    public Func<int, double> Shift { get; init; } = _ => 0;

    public float Turn { get; init; }

    /// <summary>How far the factor of brightness, saturation, contrast and sharpness may be from 1.</summary>
    public float Colour { get; init; }

    /// <summary>Bits that posterizing keeps at bin 0.</summary>
    public int Bits { get; init; }

    /// <summary>Bits that it keeps fewer at the last bin.</summary>
    public int BitsLost { get; init; }

    /// <summary>Whether a step goes both ways, so that its sign is drawn.</summary>
    public static bool Signed(PolicyStep step) => step is >= ShearX and <= Sharpness;

    /// <summary>Whether a step has a strength at all.</summary>
    public static bool Graded(PolicyStep step) => step is >= ShearX and <= Solarize;

    /// <summary>The strength, without its sign; 0 for a step that has none.</summary>
    /// <param name="step">Which change.</param>
    /// <param name="bin">0 to bins - 1.</param>
    /// <param name="bins">2 or more.</param>
    /// <param name="canvas">The image, whose sides are the measure of shifts.</param>
    public double At(PolicyStep step, int bin, int bins, Canvas canvas) => step switch
    {
        ShearX or ShearY => Level(0, Shear, bin, bins),
        TranslateX => Level(0, (float)Shift(canvas.Width), bin, bins),
        TranslateY => Level(0, (float)Shift(canvas.Height), bin, bins),
        Rotate => Level(0, Turn, bin, bins),
        Brightness or Color or Contrast or Sharpness => Level(0, Colour, bin, bins),
        Posterize => Bits - MathF.Round(bin / (float)((bins - 1) / (double)BitsLost)),
        Solarize => Level(255, 0, bin, bins),
        _ => 0,
    };

    /// <summary>Torch's linspace, which counts from the nearer end.</summary>
    static float Level(float from, float to, int bin, int bins)
    {
        var step = (to - from) / (bins - 1);
        return bin < bins / 2 ? from + step * bin : to - step * (bins - 1 - bin);
    }
}

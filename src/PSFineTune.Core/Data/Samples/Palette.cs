using SkiaSharp;

namespace PSFineTune.Data.Samples;

/// <summary>Random colours.</summary>
static class Palette
{
    /// <summary>Any colour, even over hue, saturation and value.</summary>
    public static SKColor Any(RandomStream random) => Hsv(random, 0, 360, 0.1, 1, 0.2, 1);

    /// <summary>Any colour that stands out from others.</summary>
    public static SKColor Beside(RandomStream random, params SKColor[] others)
    {
        var best = Any(random);
        // The first that is well apart, or else the farthest of a few.
        for (var tries = 0; tries < 12 && others.Min(other => Distance(best, other)) < 110; tries++)
        {
            var next = Any(random);
            if (others.Min(other => Distance(next, other)) > others.Min(other => Distance(best, other))) best = next;
        }
        return best;
    }

    public static SKColor Bread(RandomStream random) => Hsv(random, 22, 42, 0.3, 0.75, 0.6, 0.97);

    public static SKColor Meat(RandomStream random) => Hsv(random, 0, 20, 0.5, 0.9, 0.35, 0.85);

    public static SKColor Sauce(RandomStream random) => random.Chance(0.6) ? Hsv(random, 44, 56, 0.75, 1, 0.8, 1) : Hsv(random, 0, 8, 0.85, 1, 0.6, 0.85);

    public static SKColor Leaf(RandomStream random) => Hsv(random, 80, 130, 0.5, 0.9, 0.4, 0.8);

    /// <summary>A tone of the same colour, each channel off by at most a share of the range.</summary>
    public static SKColor Vary(RandomStream random, SKColor color, double share)
    {
        var shift = random.Uniform(-share, share) * 255;
        return new(Shifted(color.Red, shift), Shifted(color.Green, shift), Shifted(color.Blue, shift));
    }

    static byte Shifted(byte level, double shift) => (byte)Math.Clamp(level + shift, 0, 255);

    static SKColor Hsv(RandomStream random, double hue, double toHue, double saturation, double toSaturation, double value, double toValue) =>
        SKColor.FromHsv((float)random.Uniform(hue, toHue), (float)random.Uniform(saturation, toSaturation) * 100, (float)random.Uniform(value, toValue) * 100);

    static double Distance(SKColor one, SKColor other) =>
        Math.Sqrt(Math.Pow(one.Red - other.Red, 2) + Math.Pow(one.Green - other.Green, 2) + Math.Pow(one.Blue - other.Blue, 2));
}

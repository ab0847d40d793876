namespace PSFineTune.Pictures;

/// <summary>
/// Colours of a heat map: lightness rises evenly in Oklab (Ottosson 2020, https://bottosson.github.io/posts/oklab), so that more
/// looks like more in grey and to those who see no red and green; the hue goes from violet through red to yellow.
/// </summary>
static class HeatColors
{
    const int Steps = 256;

    // From the lowest value to the highest: lightness 0 to 1, hue in degrees.
    const double Darkest = 0.32, Lightest = 0.92, FirstHue = 300, Turn = 165;

    // More than any colour of a screen has.
    const double MostChroma = 0.26;

    static readonly (byte Red, byte Green, byte Blue)[] s_table = [.. Enumerable.Range(0, Steps).Select(step => Vivid(step / (Steps - 1.0)))];

    /// <param name="value">0 to 1.</param>
    public static (byte Red, byte Green, byte Blue) Of(double value) => s_table[(int)Math.Round(Math.Clamp(value, 0, 1) * (Steps - 1))];

    // As much colour as a screen shows at that lightness and hue.
    static (byte, byte, byte) Vivid(double value)
    {
        var (lightness, hue) = (Darkest + (Lightest - Darkest) * value, (FirstHue + Turn * value) * Math.PI / 180);
        var (least, most) = (0.0, MostChroma);
        for (var halving = 0; halving < 20; halving++)
        {
            var chroma = (least + most) / 2;
            if (Linear(lightness, chroma * Math.Cos(hue), chroma * Math.Sin(hue)).All(level => level is >= 0 and <= 1)) least = chroma;
            else most = chroma;
        }
        var levels = Linear(lightness, least * Math.Cos(hue), least * Math.Sin(hue));
        return (Byte(levels[0]), Byte(levels[1]), Byte(levels[2]));
    }

    /// <summary>Oklab to linear red, green and blue; outside 0 to 1 where a screen has no such colour.</summary>
    static double[] Linear(double lightness, double a, double b)
    {
        var l = Math.Pow(lightness + 0.3963377774 * a + 0.2158037573 * b, 3);
        var m = Math.Pow(lightness - 0.1055613458 * a - 0.0638541728 * b, 3);
        var s = Math.Pow(lightness - 0.0894841775 * a - 1.2914855480 * b, 3);
        return
        [
            4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
            -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
            -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s,
        ];
    }

    // The curve of sRGB (IEC 61966-2-1).
    static byte Byte(double level) => (byte)Math.Round(255 * (level <= 0.0031308 ? 12.92 * level : 1.055 * Math.Pow(level, 1 / 2.4) - 0.055));
}

using PSFineTune.Attributions;
using PSFineTune.Augment;
using PSFineTune.Imaging;
using PSFineTune.Models;

namespace PSFineTune.Pictures;

/// <summary>What a model looks at, laid over the image: the more a place counts the more colour it has, so that the image stays to be seen.</summary>
static class AttributionPicture
{
    // Of the hottest place; the image is still seen through it.
    const double MostOpacity = 0.7;

    // Of what the model was not shown.
    const double Dimmed = 0.4;

    /// <summary>The upright image under its heat; of a text its words, on a square.</summary>
    /// <param name="attribution">With heat or words, or neither.</param>
    /// <param name="side">Of the longer side, pixels, at most.</param>
    /// <exception cref="FineTuneException">The image cannot be read.</exception>
    public static Picture Of(Attribution attribution, int side)
    {
        if (attribution.Path is not { } path || attribution.Text is not null) return TextPicture.Of(attribution, side, side, new FallbackLettering(SystemFonts.All));
        var picture = Fitted(SourceImage.Read(path).Decode(), side);
        if (attribution.Heat is { } heat) Lay(picture, heat);
        return picture;
    }

    /// <summary>Lays heat over an upright picture, in place.</summary>
    public static void Lay(Picture picture, HeatMap heat)
    {
        for (var y = 0; y < picture.Height; y++)
        {
            var row = picture.Row(y);
            var down = Share(y, picture.Height, heat.Top, heat.Bottom);
            for (var x = 0; x < picture.Width; x++)
            {
                var pixel = row.Slice(3 * x, 3);
                var across = Share(x, picture.Width, heat.Left, heat.Right);
                if (down is null || across is null)
                {
                    foreach (ref var level in pixel) level = (byte)(level * Dimmed);
                    continue;
                }
                var value = Value(heat, across.Value, down.Value);
                var ((red, green, blue), opacity) = (HeatColors.Of(value), MostOpacity * value);
                pixel[0] = Blended(pixel[0], red, opacity);
                pixel[1] = Blended(pixel[1], green, opacity);
                pixel[2] = Blended(pixel[2], blue, opacity);
            }
        }
    }

    /// <summary>The map at a place in it, 0 to 1 on both axes; between the middles of its fields it is linear.</summary>
    internal static double Value(HeatMap heat, double across, double down)
    {
        var (x, y) = (Math.Clamp(across * heat.Width - 0.5, 0, heat.Width - 1), Math.Clamp(down * heat.Height - 0.5, 0, heat.Height - 1));
        var (left, top) = ((int)x, (int)y);
        var (right, bottom) = (Math.Min(left + 1, heat.Width - 1), Math.Min(top + 1, heat.Height - 1));
        var (upper, lower) = (Between(left, right, top), Between(left, right, bottom));
        return upper + (lower - upper) * (y - top);

        double Between(int from, int to, int row) => heat.Values[row * heat.Width + from] + (heat.Values[row * heat.Width + to] - heat.Values[row * heat.Width + from]) * (x - left);
    }

    // Of the middle of a pixel within what the map covers; null outside.
    static double? Share(int at, int length, double from, double to) => ((at + 0.5) / length - from) / (to - from) is >= 0 and <= 1 and var share ? share : null;

    static byte Blended(byte under, byte over, double opacity) => (byte)Math.Round(under + (over - under) * opacity);

    /// <summary>The picture made smaller where a side is longer; used up.</summary>
    internal static Picture Fitted(Picture picture, int side)
    {
        var scale = side / (double)Math.Max(picture.Width, picture.Height);
        if (scale >= 1) return picture;
        using (picture)
            return Resampler.Resample(picture, new(0, 0, picture.Width, picture.Height), Math.Max(1, (int)(picture.Width * scale)), Math.Max(1, (int)(picture.Height * scale)), Interpolation.Bilinear);
    }
}

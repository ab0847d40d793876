namespace PSFineTune.Imaging;

/// <summary>
/// What lies beyond an image: one colour; its outermost pixels; its mirror without them (c b | a b c | b a); its mirror
/// with them (b a | a b c | c b). Mirrors repeat, so that padding may be wider than the image.
/// </summary>
public enum PaddingMode { Constant, Edge, Reflect, Symmetric }

/// <summary>Which pixel of a row or column is seen beyond its ends.</summary>
static class Beyond
{
    /// <summary>0 to length - 1.</summary>
    /// <param name="place">Pixels from the first; any number.</param>
    /// <param name="length">Pixels, above 0.</param>
    /// <param name="mode">Not Constant, which sees no pixel.</param>
    public static int At(int place, int length, PaddingMode mode)
    {
        if ((uint)place < (uint)length) return place;
        if (mode == PaddingMode.Edge || length == 1) return Math.Clamp(place, 0, length - 1);

        // The mirrored row repeats with this period; its second half runs backwards.
        var period = mode == PaddingMode.Reflect ? 2 * length - 2 : 2 * length;
        var within = (place % period + period) % period;
        return within < length ? within : (mode == PaddingMode.Reflect ? period : period - 1) - within;
    }
}

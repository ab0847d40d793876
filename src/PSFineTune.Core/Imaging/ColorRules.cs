using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace PSFineTune.Imaging;

/// <summary>value * factor + (1 - factor) * other, for one other value: black gives brightness, the mean gray contrast.</summary>
readonly struct BlendWithOne(double factor, double other) : IColorRule
{
    readonly Vector256<float> _factor = Vector256.Create((float)factor);
    readonly Vector256<float> _rest = Vector256.Create((float)(1 - factor) * (float)other);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public PixelBlock Apply(PixelBlock pixels) =>
        new(_factor * pixels.Red + _rest, _factor * pixels.Green + _rest, _factor * pixels.Blue + _rest);
}

/// <summary>value * factor + (1 - factor) * the pixel's gray: saturation.</summary>
readonly struct BlendWithGray(double factor) : IColorRule
{
    readonly Vector256<float> _factor = Vector256.Create((float)factor);
    readonly Vector256<float> _rest = Vector256.Create((float)(1 - factor));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public PixelBlock Apply(PixelBlock pixels)
    {
        var gray = _rest * pixels.Gray;
        return new(_factor * pixels.Red + gray, _factor * pixels.Green + gray, _factor * pixels.Blue + gray);
    }
}

/// <summary>
/// Turns the hue and keeps the largest and the smallest channel. In HSV the channel n of a pixel is
/// max - (max - min) * clamp(min(k, 4 - k), 0, 1) with k = (n + 6 hue) mod 6 and n = 5, 3, 1 for red, green and blue.
/// </summary>
/// <param name="turn">Part of the full circle, -0.5 to 0.5.</param>
readonly struct TurnHue(double turn) : IColorRule
{
    // Torch casts 0..1 to uint8 by a factor of 255.999 and cuts.
    const float ToByte = 255.999f / 255;

    readonly Vector256<float> _turn = Vector256.Create((float)(6 * turn));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public PixelBlock Apply(PixelBlock pixels)
    {
        var (red, green, blue) = (pixels.Red, pixels.Green, pixels.Blue);
        var most = Vector256.Max(Vector256.Max(red, green), blue);
        var least = Vector256.Min(Vector256.Min(red, green), blue);
        var spread = most - least;

        // Sixths of the circle; a gray pixel has no hue, and any will do.
        var divisor = Vector256.ConditionalSelect(Vector256.Equals(spread, Vector256<float>.Zero), Vector256<float>.One, spread);
        var sixth = Vector256.ConditionalSelect(Vector256.Equals(most, red), (green - blue) / divisor,
                    Vector256.ConditionalSelect(Vector256.Equals(most, green), (blue - red) / divisor + Vector256.Create(2f),
                                                                              (red - green) / divisor + Vector256.Create(4f)));
        var hue = sixth + _turn;
        return new(Channel(hue, 5, most, spread), Channel(hue, 3, most, spread), Channel(hue, 1, most, spread));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<float> Channel(Vector256<float> hue, float n, Vector256<float> most, Vector256<float> spread)
    {
        var k = hue + Vector256.Create(n);
        k -= Vector256.Create(6f) * Vector256.Floor(k * Vector256.Create(1f / 6));
        var near = Vector256.Min(k, Vector256.Create(4f) - k);
        var share = Vector256.Min(Vector256.Max(near, Vector256<float>.Zero), Vector256<float>.One);
        return (most - spread * share) * Vector256.Create(ToByte);
    }
}

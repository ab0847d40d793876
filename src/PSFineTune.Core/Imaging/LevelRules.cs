using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace PSFineTune.Imaging;

/// <summary>All channels become the pixel's gray.</summary>
readonly struct OnlyGray : IColorRule
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public PixelBlock Apply(PixelBlock pixels)
    {
        var gray = pixels.Gray;
        return new(gray, gray, gray);
    }
}

/// <summary>255 - value where the value is not below the threshold; from 0 on it is the negative, else solarization.</summary>
readonly struct InvertFrom(double threshold) : IColorRule
{
    readonly Vector256<float> _threshold = Vector256.Create((float)threshold);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public PixelBlock Apply(PixelBlock pixels) => new(Channel(pixels.Red), Channel(pixels.Green), Channel(pixels.Blue));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    Vector256<float> Channel(Vector256<float> value) =>
        Vector256.ConditionalSelect(Vector256.GreaterThanOrEqual(value, _threshold), Vector256.Create(255f) - value, value);
}

/// <summary>Cuts each value to a multiple of 2^(8 - bits).</summary>
/// <param name="bits">0 to 8.</param>
readonly struct KeepBits(int bits) : IColorRule
{
    readonly Vector256<float> _step = Vector256.Create((float)(1 << (8 - bits)));
    readonly Vector256<float> _steps = Vector256.Create(1f / (1 << (8 - bits)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public PixelBlock Apply(PixelBlock pixels) =>
        new(Vector256.Floor(pixels.Red * _steps) * _step, Vector256.Floor(pixels.Green * _steps) * _step, Vector256.Floor(pixels.Blue * _steps) * _step);
}

/// <summary>(value - least) * 255 / (most - least) by channel; where all values are one, they stay.</summary>
readonly struct Stretch((int Least, int Most) red, (int Least, int Most) green, (int Least, int Most) blue) : IColorRule
{
    readonly PixelBlock _least = new(Least(red), Least(green), Least(blue));
    readonly PixelBlock _scale = new(Scale(red), Scale(green), Scale(blue));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public PixelBlock Apply(PixelBlock pixels) =>
        new((pixels.Red - _least.Red) * _scale.Red, (pixels.Green - _least.Green) * _scale.Green, (pixels.Blue - _least.Blue) * _scale.Blue);

    static Vector256<float> Least((int Least, int Most) channel) => Vector256.Create(channel.Most > channel.Least ? channel.Least : 0f);

    static Vector256<float> Scale((int Least, int Most) channel) => Vector256.Create(channel.Most > channel.Least ? 255f / (channel.Most - channel.Least) : 1f);
}

/// <summary>Each new channel is one of the old.</summary>
/// <param name="red">Which channel the new red is: 0 is red, 1 green, 2 blue.</param>
/// <param name="green">Which channel the new green is.</param>
/// <param name="blue">Which channel the new blue is.</param>
readonly struct TakeChannels(int red, int green, int blue) : IColorRule
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public PixelBlock Apply(PixelBlock pixels) => new(Of(pixels, red), Of(pixels, green), Of(pixels, blue));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<float> Of(PixelBlock pixels, int channel) => channel == 0 ? pixels.Red : channel == 1 ? pixels.Green : pixels.Blue;
}

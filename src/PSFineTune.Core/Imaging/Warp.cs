using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using PSFineTune.Models;

namespace PSFineTune.Imaging;

/// <summary>
/// Samples a picture at mapped places, as torch's grid_sample does: nearest or bilinear, not antialiased. Pixels at the edge
/// blend with the fill by the part that lies outside (torchvision 0.14 weighs them twice and leaves a dark seam).
/// </summary>
static class Warp
{
    // Places are counted in 2^-32 of a pixel, weights in 2^-11: what is summed twice fits 32 bits.
    const int Bits = 11, One = 1 << Bits, Half = 1 << (2 * Bits - 1);

    /// <param name="source">Left as it is.</param>
    /// <param name="map">From output to source.</param>
    /// <param name="size">Of the new picture.</param>
    /// <param name="how">Nearest or Bilinear.</param>
    /// <param name="fill">Beyond the edges.</param>
    public static Picture Apply(Picture source, AffineMap map, (int Width, int Height) size, Interpolation how, Rgb fill)
    {
        var result = new Picture(size.Width, size.Height);
        var step = (Places.Fixed(map.A), Places.Fixed(map.D));
        for (var y = 0; y < size.Height; y++)
        {
            var (x0, y0) = (0.5 - 0.5 * size.Width, y + 0.5 - 0.5 * size.Height);
            var start = (Places.Fixed(map.A * x0 + map.B * y0 + map.C + 0.5 * source.Width - 0.5), Places.Fixed(map.D * x0 + map.E * y0 + map.F + 0.5 * source.Height - 0.5));
            Sample(source, result.Row(y), new StraightPath(start, step), how, fill);
        }
        return result;
    }

    /// <summary>A new picture of the source's size, seen in perspective.</summary>
    public static Picture Apply(Picture source, Projection map, Interpolation how, Rgb fill)
    {
        var result = new Picture(source.Width, source.Height);
        for (var y = 0; y < source.Height; y++) Sample(source, result.Row(y), new ProjectedPath(map, y), how, fill);
        return result;
    }

    /// <summary>A new picture of the source's size, each pixel from where it is displaced to: width x height numbers of pixels.</summary>
    public static Picture Apply(Picture source, (float[] Across, float[] Down) displaced, Interpolation how, Rgb fill)
    {
        var result = new Picture(source.Width, source.Height);
        for (var y = 0; y < source.Height; y++) Sample(source, result.Row(y), new DisplacedPath(displaced.Across, displaced.Down, y, source.Width), how, fill);
        return result;
    }

    static void Sample<T>(Picture source, Span<byte> row, T path, Interpolation how, Rgb fill) where T : struct, IPath
    {
        if (how == Interpolation.Nearest) Nearest(source, row, path, fill);
        else Bilinear(source, row, path, fill);
    }

    static void Nearest<T>(Picture source, Span<byte> row, T path, Rgb fill) where T : struct, IPath
    {
        var pixels = source.Pixels;
        var (width, height) = (source.Width, source.Height);
        for (var i = 0; i < row.Length; i += 3)
        {
            var at = path.Next();
            var (x, y) = ((int)((at.X + (1L << 31)) >> 32), (int)((at.Y + (1L << 31)) >> 32));
            if ((uint)x < (uint)width && (uint)y < (uint)height) pixels.Slice(3 * (y * width + x), 3).CopyTo(row[i..]);
            else (row[i], row[i + 1], row[i + 2]) = (fill.Red, fill.Green, fill.Blue);
        }
    }

    static void Bilinear<T>(Picture source, Span<byte> row, T path, Rgb fill) where T : struct, IPath
    {
        var (width, height) = (source.Width, source.Height);
        ref var pixels = ref MemoryMarshal.GetReference(source.Pixels);
        ref var target = ref MemoryMarshal.GetReference(row);
        // Both rows are read eight bytes at a time for the six of two pixels, and a result is written as four bytes for three.
        var (readable, writable) = (source.Pixels.Length - 8 - 3 * width, row.Length - 4);
        for (var i = 0; i < row.Length; i += 3)
        {
            var at = path.Next();
            var (left, top) = ((int)(at.X >> 32), (int)(at.Y >> 32));
            var (right, below) = ((int)((uint)at.X >> (32 - Bits)), (int)((uint)at.Y >> (32 - Bits)));
            var from = 3 * (top * width + left);
            if (Avx2.IsSupported && (uint)left < (uint)(width - 1) && (uint)top < (uint)(height - 1) && from <= readable && i <= writable)
                Unsafe.WriteUnaligned(ref Unsafe.Add(ref target, i), Four(ref Unsafe.Add(ref pixels, from), 3 * width, right, below));
            else if (left < -1 || top < -1 || left >= width || top >= height)
                (row[i], row[i + 1], row[i + 2]) = (fill.Red, fill.Green, fill.Blue);
            else
                Edge(source, row.Slice(i, 3), (left, top), (right, below), fill);
        }
    }

    /// <summary>Two pixels of two rows, mixed; red, green, blue and nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static int Four(ref byte from, int stride, int right, int below)
    {
        var pixels = Vector256.Create(
            Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<ulong>(ref from)),
            Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref from, stride)))).AsByte();
        var pairs = Avx2.Shuffle(pixels, Vector256.Create(
            0, 255, 3, 255, 1, 255, 4, 255, 2, 255, 5, 255, 255, 255, 255, 255, 0, 255, 3, 255, 1, 255, 4, 255, 2, 255, 5, 255, 255, 255, 255, 255)).AsInt16();
        var rows = Avx2.MultiplyAddAdjacent(pairs, Vector256.Create(One - right | right << 16).AsInt16());
        var sum = rows.GetLower() * (One - below) + rows.GetUpper() * below + Vector128.Create(Half);
        return Vector128.Shuffle((sum >> (2 * Bits)).AsByte(), Vector128.Create((byte)0, 4, 8, 12, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255)).AsInt32().ToScalar();
    }

    /// <summary>The same sum by channel, with the fill for what lies outside.</summary>
    static void Edge(Picture source, Span<byte> to, (int Left, int Top) at, (int Right, int Below) part, Rgb fill)
    {
        var (a, b) = (At(source, at.Left, at.Top, fill), At(source, at.Left + 1, at.Top, fill));
        var (c, d) = (At(source, at.Left, at.Top + 1, fill), At(source, at.Left + 1, at.Top + 1, fill));
        (to[0], to[1], to[2]) = (Mix(a.Red, b.Red, c.Red, d.Red), Mix(a.Green, b.Green, c.Green, d.Green), Mix(a.Blue, b.Blue, c.Blue, d.Blue));

        byte Mix(byte a, byte b, byte c, byte d) =>
            (byte)(((a * (One - part.Right) + b * part.Right) * (One - part.Below) + (c * (One - part.Right) + d * part.Right) * part.Below + Half) >> (2 * Bits));
    }

    static Rgb At(Picture source, int x, int y, Rgb fill)
    {
        if ((uint)x >= (uint)source.Width || (uint)y >= (uint)source.Height) return fill;
        var pixel = source.Pixels.Slice(3 * (y * source.Width + x), 3);
        return new(pixel[0], pixel[1], pixel[2]);
    }
}

/// <summary>One pixel.</summary>
readonly record struct Rgb(byte Red, byte Green, byte Blue);

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using PSFineTune.Models;

namespace PSFineTune.Imaging;

/// <summary>
/// Samples a picture at mapped places, as torch's grid_sample does: nearest or bilinear, not antialiased. Pixels at the edge
/// blend with the fill by the part that lies outside (torchvision 0.14 weighs them twice and leaves a dark seam).
/// </summary>
static class Warp
{
    /// <param name="source">Left as it is.</param>
    /// <param name="map">From output to source.</param>
    /// <param name="size">Of the new picture.</param>
    /// <param name="how">Nearest or Bilinear.</param>
    /// <param name="fill">Red, green and blue beyond the edges, 0..255.</param>
    public static Picture Apply(Picture source, AffineMap map, (int Width, int Height) size, Interpolation how, Vector128<float> fill)
    {
        var result = new Picture(size.Width, size.Height);
        for (var y = 0; y < size.Height; y++)
        {
            var (x0, y0) = (0.5 - 0.5 * size.Width, y + 0.5 - 0.5 * size.Height);
            var startX = map.A * x0 + map.B * y0 + map.C + 0.5 * source.Width - 0.5;
            var startY = map.D * x0 + map.E * y0 + map.F + 0.5 * source.Height - 0.5;
            var row = result.Row(y);
            if (how == Interpolation.Nearest) Nearest(source, row, (startX, startY), (map.A, map.D), fill);
            else Bilinear(source, row, (startX, startY), (map.A, map.D), fill);
        }
        return result;
    }

    static void Nearest(Picture source, Span<byte> row, (double X, double Y) start, (double X, double Y) step, Vector128<float> fill)
    {
        var pixels = source.Pixels;
        for (var i = 0; i < row.Length / 3; i++)
        {
            var (x, y) = ((int)Math.Round(start.X + i * step.X), (int)Math.Round(start.Y + i * step.Y));
            if ((uint)x < (uint)source.Width && (uint)y < (uint)source.Height) pixels.Slice(3 * (y * source.Width + x), 3).CopyTo(row[(3 * i)..]);
            else Store(row, 3 * i, fill);
        }
    }

    static void Bilinear(Picture source, Span<byte> row, (double X, double Y) start, (double X, double Y) step, Vector128<float> fill)
    {
        var (width, height) = (source.Width, source.Height);
        ref var pixels = ref MemoryMarshal.GetReference(source.Pixels);
        // The last place where eight bytes, two pixels, can be read.
        var readable = source.Pixels.Length - 8;
        for (var i = 0; i < row.Length / 3; i++)
        {
            var (x, y) = (start.X + i * step.X, start.Y + i * step.Y);
            var (left, top) = ((int)Math.Floor(x), (int)Math.Floor(y));
            var (right, below) = (Vector128.Create((float)(x - left)), Vector128.Create((float)(y - top)));
            var at = 3 * (top * width + left);
            Vector128<float> upper, lower;
            if ((uint)left < (uint)(width - 1) && (uint)top < (uint)(height - 1) && at + 3 * width <= readable)
            {
                upper = Mix(ref Unsafe.Add(ref pixels, at), right);
                lower = Mix(ref Unsafe.Add(ref pixels, at + 3 * width), right);
            }
            else if (left < -1 || top < -1 || left >= width || top >= height)
            {
                Store(row, 3 * i, fill);
                continue;
            }
            else
            {
                upper = At(source, left, top, fill) + right * (At(source, left + 1, top, fill) - At(source, left, top, fill));
                lower = At(source, left, top + 1, fill) + right * (At(source, left + 1, top + 1, fill) - At(source, left, top + 1, fill));
            }
            Store(row, 3 * i, upper + below * (lower - upper));
        }
    }

    /// <summary>Between two neighbours in a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector128<float> Mix(ref byte at, Vector128<float> right)
    {
        var two = Vector128.CreateScalar(Unsafe.ReadUnaligned<ulong>(ref at)).AsByte();
        var one = Vector128.ConvertToSingle(Vector128.Shuffle(two, Vector128.Create((byte)0, 255, 255, 255, 1, 255, 255, 255, 2, 255, 255, 255, 255, 255, 255, 255)).AsInt32());
        var next = Vector128.ConvertToSingle(Vector128.Shuffle(two, Vector128.Create((byte)3, 255, 255, 255, 4, 255, 255, 255, 5, 255, 255, 255, 255, 255, 255, 255)).AsInt32());
        return one + right * (next - one);
    }

    static Vector128<float> At(Picture source, int x, int y, Vector128<float> fill)
    {
        if ((uint)x >= (uint)source.Width || (uint)y >= (uint)source.Height) return fill;
        var pixel = source.Pixels.Slice(3 * (y * source.Width + x), 3);
        return Vector128.Create(pixel[0], pixel[1], pixel[2], 0f);
    }

    /// <summary>Rounds halves to even, as torch does.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Store(Span<byte> row, int at, Vector128<float> color)
    {
        // Adding 1.5 * 2^23 leaves the rounded whole number in the low bits.
        var whole = (color + Vector128.Create(12_582_912f)).AsInt32();
        row[at + 2] = (byte)whole.GetElement(2);
        row[at + 1] = (byte)whole.GetElement(1);
        row[at] = (byte)whole.GetElement(0);
    }
}

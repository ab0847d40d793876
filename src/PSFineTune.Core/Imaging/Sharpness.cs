using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PSFineTune.Imaging;

/// <summary>
/// Blends a picture with its smoothed self: value * factor + (1 - factor) * smooth. The smooth value is the mean of the nine
/// pixels around, the middle one counted five times (Pillow's SMOOTH), rounded; pixels at the edge stay as they are.
/// </summary>
static class Sharpness
{
    const int Pixel = 3;

    const float Total = 13, Middle = 4;

    /// <summary>A new picture.</summary>
    /// <param name="source">Left as it is; both sides above 2.</param>
    /// <param name="factor">0 is smooth, 1 the same, above 1 sharper.</param>
    public static Picture Adjust(Picture source, double factor)
    {
        var result = new Picture(source.Width, source.Height);
        var length = 3 * source.Width;
        // Sums of three rows, and room for a vector at the last of them.
        var sums = ArrayPool<ushort>.Shared.Rent(length + Vector128<ushort>.Count);
        source.Row(0).CopyTo(result.Row(0));
        for (var y = 1; y < source.Height - 1; y++)
        {
            AddRows(source.Row(y - 1), source.Row(y), source.Row(y + 1), sums);
            Blend(source.Row(y), sums, (float)factor, result.Row(y));
        }
        source.Row(source.Height - 1).CopyTo(result.Row(source.Height - 1));
        ArrayPool<ushort>.Shared.Return(sums);
        return result;
    }

    static void AddRows(ReadOnlySpan<byte> above, ReadOnlySpan<byte> row, ReadOnlySpan<byte> below, Span<ushort> sums)
    {
        ref var a = ref MemoryMarshal.GetReference(above);
        ref var b = ref MemoryMarshal.GetReference(row);
        ref var c = ref MemoryMarshal.GetReference(below);
        ref var to = ref MemoryMarshal.GetReference(sums);
        var x = 0;
        for (; x + Vector256<byte>.Count <= row.Length; x += Vector256<byte>.Count)
        {
            var (one, two, three) = (Vector256.LoadUnsafe(ref a, (nuint)x), Vector256.LoadUnsafe(ref b, (nuint)x), Vector256.LoadUnsafe(ref c, (nuint)x));
            (Vector256.WidenLower(one) + Vector256.WidenLower(two) + Vector256.WidenLower(three)).StoreUnsafe(ref to, (nuint)x);
            (Vector256.WidenUpper(one) + Vector256.WidenUpper(two) + Vector256.WidenUpper(three)).StoreUnsafe(ref to, (nuint)x + 16);
        }
        for (; x < row.Length; x++) sums[x] = (ushort)(above[x] + row[x] + below[x]);
    }

    static void Blend(ReadOnlySpan<byte> row, ReadOnlySpan<ushort> sums, float factor, Span<byte> to)
    {
        ref var from = ref MemoryMarshal.GetReference(row);
        ref var sum = ref MemoryMarshal.GetReference(sums);
        ref var target = ref MemoryMarshal.GetReference(to);
        row[..Pixel].CopyTo(to);
        row[^Pixel..].CopyTo(to[^Pixel..]);
        var (x, end) = (Pixel, row.Length - Pixel);
        for (; x + Vector128<byte>.Count <= end; x += Vector128<byte>.Count)
        {
            var at = (nuint)x;
            var around = Vector256.LoadUnsafe(ref sum, at - Pixel) + Vector256.LoadUnsafe(ref sum, at) + Vector256.LoadUnsafe(ref sum, at + Pixel);
            var pixels = Vector128.LoadUnsafe(ref from, at);
            var wide = Vector256.Create(Vector128.WidenLower(pixels), Vector128.WidenUpper(pixels));
            var low = Mix(Vector256.WidenLower(wide), Vector256.WidenLower(around), factor);
            var high = Mix(Vector256.WidenUpper(wide), Vector256.WidenUpper(around), factor);
            var words = Vector256.Narrow(low, high);
            Vector128.Narrow(words.GetLower(), words.GetUpper()).StoreUnsafe(ref target, at);
        }
        for (; x < end; x++)
            to[x] = (byte)Mix(Vector256.Create((uint)row[x]), Vector256.Create((uint)(sums[x - Pixel] + sums[x] + sums[x + Pixel])), factor).ToScalar();
    }

    /// <summary>Cut to 0..255 and to whole numbers, as torch casts to uint8.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<uint> Mix(Vector256<uint> pixels, Vector256<uint> around, float factor)
    {
        var value = Vector256.ConvertToSingle(pixels.AsInt32());
        var total = Vector256.ConvertToSingle(around.AsInt32()) + Vector256.Create(Middle) * value;
        var smooth = Vector256.Floor(total * Vector256.Create(1 / Total) + Vector256.Create(0.5f));
        var mixed = Vector256.Create(factor) * value + Vector256.Create(1 - factor) * smooth;
        return PixelBlock.Byte(mixed).AsUInt32();
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace PSFineTune.Imaging;

/// <summary>Rows of luma and chroma to rows of pixels, in whole numbers exactly as libjpeg does it.</summary>
static class ChromaRow
{
    /// <summary>How many samples beyond a row's end may be written or read.</summary>
    public const int Reach = 32;

    /// <summary>Three parts of one row and one of its neighbour.</summary>
    /// <param name="near">The row that lies nearer, with Reach behind.</param>
    /// <param name="far">The other, with Reach behind.</param>
    /// <param name="to">A sum for each sample.</param>
    /// <param name="count">Samples.</param>
    public static void Sum(ReadOnlySpan<byte> near, ReadOnlySpan<byte> far, Span<ushort> to, int count)
    {
        for (var x = 0; x < count; x += 16)
        {
            var one = Avx2.ConvertToVector256Int16(Vector128.Create(near.Slice(x, 16))).AsUInt16();
            var two = Avx2.ConvertToVector256Int16(Vector128.Create(far.Slice(x, 16))).AsUInt16();
            (one + one + one + two).CopyTo(to.Slice(x, 16));
        }
    }

    /// <summary>The samples as they are, wider.</summary>
    public static void Widen(ReadOnlySpan<byte> near, Span<ushort> to, int count)
    {
        for (var x = 0; x < count; x += 16) Avx2.ConvertToVector256Int16(Vector128.Create(near.Slice(x, 16))).AsUInt16().CopyTo(to.Slice(x, 16));
    }

    /// <summary>Two samples for one: three parts of it and one of its neighbour on that side.</summary>
    /// <param name="from">One more sample on each side than count, and Reach behind.</param>
    /// <param name="to">Twice the count, and Reach behind.</param>
    /// <param name="count">Samples of from.</param>
    /// <param name="shift">4 where from holds sums of four, else 2.</param>
    public static void Double(ReadOnlySpan<ushort> from, Span<byte> to, int count, int shift)
    {
        var half = (ushort)(1 << (shift - 1));
        var (left, right) = (Vector256.Create(shift == 4 ? half : (ushort)1), Vector256.Create(shift == 4 ? (ushort)(half - 1) : half));
        for (var x = 0; x < count; x += 16)
        {
            var middle = Vector256.Create(from.Slice(x + 1, 16));
            middle += middle + middle;
            var even = (middle + Vector256.Create(from.Slice(x, 16)) + left) >> shift;
            var odd = (middle + Vector256.Create(from.Slice(x + 2, 16)) + right) >> shift;
            (even | odd << 8).AsByte().CopyTo(to.Slice(2 * x, 32));
        }
    }

    /// <summary>Pixels of four bytes, the last of them 0: R = Y + 1.402 Cr, G = Y - 0.34414 Cb - 0.71414 Cr, B = Y + 1.772 Cb.</summary>
    /// <param name="luma">With Reach behind, as the others.</param>
    /// <param name="blue">Cb.</param>
    /// <param name="red">Cr.</param>
    /// <param name="to">Four bytes a pixel, and those of Reach pixels behind.</param>
    /// <param name="count">Pixels.</param>
    public static void ToPixels(ReadOnlySpan<byte> luma, ReadOnlySpan<byte> blue, ReadOnlySpan<byte> red, Span<byte> to, int count)
    {
        for (var x = 0; x < count; x += 16)
        {
            var y = Avx2.ConvertToVector256Int16(Vector128.Create(luma.Slice(x, 16)));
            var cb = Avx2.ConvertToVector256Int16(Vector128.Create(blue.Slice(x, 16))) - Vector256.Create((short)128);
            var cr = Avx2.ConvertToVector256Int16(Vector128.Create(red.Slice(x, 16))) - Vector256.Create((short)128);
            // Factors of 2^16: 91881 = 65536 + 26345; 116130 = 131072 - 14942; 46802 = 65536 - 18734.
            var r = y + cr + Part(cr, 26345);
            var b = y + cb + cb + Part(cb, -14942);
            var g = y - cr + Parts(cb, -22554, cr, 18734);
            Interleave(r, g, b, to.Slice(4 * x, 64));
        }
    }

    /// <summary>(factor * value + 2^15) / 2^16, downwards.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<short> Part(Vector256<short> value, short factor) =>
        (Avx2.MultiplyHigh(value + value, Vector256.Create(factor)) + Vector256<short>.One) >> 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<short> Parts(Vector256<short> one, short factor, Vector256<short> other, short otherFactor)
    {
        var factors = Vector256.Create((ushort)factor | otherFactor << 16).AsInt16();
        var half = Vector256.Create(1 << 15);
        var low = (Avx2.MultiplyAddAdjacent(Avx2.UnpackLow(one, other), factors) + half) >> 16;
        var high = (Avx2.MultiplyAddAdjacent(Avx2.UnpackHigh(one, other), factors) + half) >> 16;
        return Avx2.PackSignedSaturate(low, high);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Interleave(Vector256<short> red, Vector256<short> green, Vector256<short> blue, Span<byte> to)
    {
        // By half: sixteen bytes of red and blue, sixteen of green and nothing.
        var redBlue = Avx2.PackUnsignedSaturate(red, blue);
        var greenNone = Avx2.PackUnsignedSaturate(green, Vector256<short>.Zero);
        var redGreen = Avx2.UnpackLow(redBlue, greenNone).AsInt16();
        var blueNone = Avx2.UnpackHigh(redBlue, greenNone).AsInt16();
        var (low, high) = (Avx2.UnpackLow(redGreen, blueNone).AsByte(), Avx2.UnpackHigh(redGreen, blueNone).AsByte());
        ref var first = ref MemoryMarshal.GetReference(to);
        Avx2.Permute2x128(low, high, 0x20).StoreUnsafe(ref first);
        Avx2.Permute2x128(low, high, 0x31).StoreUnsafe(ref first, 32);
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace PSFineTune.Imaging;

/// <summary>Weighted sums of rows, byte by byte. All sums are of integers, so every path gives the same bytes.</summary>
static class ColumnKernel
{
    /// <param name="rows">The first row, and the others stride bytes apart; Reach bytes behind each may be read.</param>
    /// <param name="stride">From row to row.</param>
    /// <param name="weights">One by row.</param>
    /// <param name="to">The sum; only its length counts.</param>
    public static void Run(ReadOnlySpan<byte> rows, int stride, ReadOnlySpan<short> weights, Span<byte> to)
    {
        if (weights.Length == 1) rows[..to.Length].CopyTo(to);
        else if (Avx2.IsSupported) Vectors(rows, stride, weights, to);
        else Plain(rows, stride, weights, to);
    }

    static void Vectors(ReadOnlySpan<byte> rows, int stride, ReadOnlySpan<short> weights, Span<byte> to)
    {
        ref var from = ref MemoryMarshal.GetReference(rows);
        ref var target = ref MemoryMarshal.GetReference(to);
        var at = 0;
        if (Avx512BW.IsSupported)
            for (; at + Vector512<byte>.Count <= to.Length; at += Vector512<byte>.Count)
                SixtyFour(ref Unsafe.Add(ref from, at), stride, weights).StoreUnsafe(ref target, (nuint)at);
        for (; at + Vector256<byte>.Count <= to.Length; at += Vector256<byte>.Count)
            Sum(ref Unsafe.Add(ref from, at), stride, weights).StoreUnsafe(ref target, (nuint)at);
        if (at == to.Length) return;

        Span<byte> last = stackalloc byte[Vector256<byte>.Count];
        Sum(ref Unsafe.Add(ref from, at), stride, weights).CopyTo(last);
        last[..(to.Length - at)].CopyTo(to[at..]);
    }

    /// <summary>Thirty-two bytes: two rows at a time, their bytes interleaved and widened, so that one instruction multiplies and adds both.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<byte> Sum(ref byte from, int stride, ReadOnlySpan<short> weights)
    {
        var a = Vector256.Create(Taps.One / 2);
        var (b, c, d) = (a, a, a);
        for (var k = 0; k < weights.Length; k += 2)
        {
            var paired = k + 1 < weights.Length;
            var factors = Vector256.Create((ushort)weights[k] | (paired ? weights[k + 1] << 16 : 0)).AsInt16();
            var one = Vector256.LoadUnsafe(ref from);
            var two = paired ? Vector256.LoadUnsafe(ref from, (nuint)stride) : one;
            from = ref Unsafe.Add(ref from, paired ? 2 * stride : 0);

            var low = Avx2.UnpackLow(one, two);
            var high = Avx2.UnpackHigh(one, two);
            a += Avx2.MultiplyAddAdjacent(Avx2.UnpackLow(low, default).AsInt16(), factors);
            b += Avx2.MultiplyAddAdjacent(Avx2.UnpackHigh(low, default).AsInt16(), factors);
            c += Avx2.MultiplyAddAdjacent(Avx2.UnpackLow(high, default).AsInt16(), factors);
            d += Avx2.MultiplyAddAdjacent(Avx2.UnpackHigh(high, default).AsInt16(), factors);
        }
        return Avx2.PackUnsignedSaturate(Avx2.PackSignedSaturate(a >> Taps.Bits, b >> Taps.Bits), Avx2.PackSignedSaturate(c >> Taps.Bits, d >> Taps.Bits));
    }

    /// <summary>The same with registers of twice the width; unpacking and packing stay within their quarters, so the bytes come out in order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<byte> SixtyFour(ref byte from, int stride, ReadOnlySpan<short> weights)
    {
        var a = Vector512.Create(Taps.One / 2);
        var (b, c, d) = (a, a, a);
        for (var k = 0; k < weights.Length; k += 2)
        {
            var paired = k + 1 < weights.Length;
            var factors = Vector512.Create((ushort)weights[k] | (paired ? weights[k + 1] << 16 : 0)).AsInt16();
            var one = Vector512.LoadUnsafe(ref from);
            var two = paired ? Vector512.LoadUnsafe(ref from, (nuint)stride) : one;
            from = ref Unsafe.Add(ref from, paired ? 2 * stride : 0);

            var low = Avx512BW.UnpackLow(one, two);
            var high = Avx512BW.UnpackHigh(one, two);
            a += Avx512BW.MultiplyAddAdjacent(Avx512BW.UnpackLow(low, default).AsInt16(), factors);
            b += Avx512BW.MultiplyAddAdjacent(Avx512BW.UnpackHigh(low, default).AsInt16(), factors);
            c += Avx512BW.MultiplyAddAdjacent(Avx512BW.UnpackLow(high, default).AsInt16(), factors);
            d += Avx512BW.MultiplyAddAdjacent(Avx512BW.UnpackHigh(high, default).AsInt16(), factors);
        }
        return Avx512BW.PackUnsignedSaturate(Avx512BW.PackSignedSaturate(a >> Taps.Bits, b >> Taps.Bits), Avx512BW.PackSignedSaturate(c >> Taps.Bits, d >> Taps.Bits));
    }

    static void Plain(ReadOnlySpan<byte> rows, int stride, ReadOnlySpan<short> weights, Span<byte> to)
    {
        for (var x = 0; x < to.Length; x++)
        {
            var sum = Taps.One / 2;
            for (var k = 0; k < weights.Length; k++) sum += weights[k] * rows[k * stride + x];
            to[x] = (byte)Math.Clamp(sum >> Taps.Bits, 0, 255);
        }
    }
}

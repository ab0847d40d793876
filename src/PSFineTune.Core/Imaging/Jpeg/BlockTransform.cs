using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace PSFineTune.Imaging;

/// <summary>
/// The inverse cosine transform of 8 x 8 blocks, in whole numbers as libjpeg's "islow" does it (Loeffler, Ligtenberg and
/// Moschytz 1989), so that it gives the very same samples. Eight columns at a time, then eight rows.
/// </summary>
static class BlockTransform
{
    const int Bits = 13, Between = 2;

    public static bool IsSupported => Avx2.IsSupported;

    /// <param name="block">64 coefficients in natural order, times their quantisation; their sum without signs at most 32768.</param>
    /// <param name="to">Where the block's first sample goes; the other rows follow by stride.</param>
    /// <param name="stride">Bytes from row to row.</param>
    public static void Run(ReadOnlySpan<int> block, Span<byte> to, int stride)
    {
        ref var first = ref MemoryMarshal.GetReference(block);
        var rows = new Eight(
            Vector256.LoadUnsafe(ref first, 0), Vector256.LoadUnsafe(ref first, 8), Vector256.LoadUnsafe(ref first, 16), Vector256.LoadUnsafe(ref first, 24),
            Vector256.LoadUnsafe(ref first, 32), Vector256.LoadUnsafe(ref first, 40), Vector256.LoadUnsafe(ref first, 48), Vector256.LoadUnsafe(ref first, 56));
        rows.Pass(Bits - Between);
        rows.Transpose();
        rows.Pass(Bits + Between + 3);
        rows.Transpose();
        Store(rows.A, to);
        Store(rows.B, to[stride..]);
        Store(rows.C, to[(2 * stride)..]);
        Store(rows.D, to[(3 * stride)..]);
        Store(rows.E, to[(4 * stride)..]);
        Store(rows.F, to[(5 * stride)..]);
        Store(rows.G, to[(6 * stride)..]);
        Store(rows.H, to[(7 * stride)..]);
    }

    /// <summary>A block of which only the first coefficient is not 0.</summary>
    public static void Flat(int first, Span<byte> to, int stride)
    {
        var level = (byte)Math.Clamp((((first + 4) >> 3) << 22 >> 22) + 128, 0, 255);
        for (var y = 0; y < 8; y++) to.Slice(y * stride, 8).Fill(level);
    }

    /// <summary>Ten bits count, as in libjpeg's table of limits: what is further out comes round at the other end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Store(Vector256<int> row, Span<byte> to)
    {
        var level = ((row << 22) >> 22) + Vector256.Create(128);
        var words = Sse2.PackSignedSaturate(level.GetLower(), level.GetUpper());
        Unsafe.WriteUnaligned(ref to[..8][0], Sse2.PackUnsignedSaturate(words, words).AsUInt64().ToScalar());
    }

    struct Eight(Vector256<int> a, Vector256<int> b, Vector256<int> c, Vector256<int> d, Vector256<int> e, Vector256<int> f, Vector256<int> g, Vector256<int> h)
    {
        public Vector256<int> A = a, B = b, C = c, D = d, E = e, F = f, G = g, H = h;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Pass(int shift)
        {
            var even = (C + G) * 4433;
            var (lower, upper) = (even - G * 15137, even + C * 6270);
            var (sum, difference) = ((A + E) << Bits, (A - E) << Bits);
            var half = Vector256.Create(1 << (shift - 1));
            var (s0, s3, s1, s2) = (sum + upper + half, sum - upper + half, difference + lower + half, difference - lower + half);

            var all = (H + D + F + B) * 9633;
            var (z1, z2, z3, z4) = ((H + B) * -7373, (F + D) * -20995, (H + D) * -16069 + all, (F + B) * -3196 + all);
            var (t0, t1, t2, t3) = (H * 2446 + z1 + z3, F * 16819 + z2 + z4, D * 25172 + z2 + z3, B * 12299 + z1 + z4);

            (A, H) = ((s0 + t3) >> shift, (s0 - t3) >> shift);
            (B, G) = ((s1 + t2) >> shift, (s1 - t2) >> shift);
            (C, F) = ((s2 + t1) >> shift, (s2 - t1) >> shift);
            (D, E) = ((s3 + t0) >> shift, (s3 - t0) >> shift);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Transpose()
        {
            var (a, b) = (Avx2.UnpackLow(A, B).AsInt64(), Avx2.UnpackHigh(A, B).AsInt64());
            var (c, d) = (Avx2.UnpackLow(C, D).AsInt64(), Avx2.UnpackHigh(C, D).AsInt64());
            var (e, f) = (Avx2.UnpackLow(E, F).AsInt64(), Avx2.UnpackHigh(E, F).AsInt64());
            var (g, h) = (Avx2.UnpackLow(G, H).AsInt64(), Avx2.UnpackHigh(G, H).AsInt64());
            var (ac, acHigh) = (Avx2.UnpackLow(a, c).AsInt32(), Avx2.UnpackHigh(a, c).AsInt32());
            var (bd, bdHigh) = (Avx2.UnpackLow(b, d).AsInt32(), Avx2.UnpackHigh(b, d).AsInt32());
            var (eg, egHigh) = (Avx2.UnpackLow(e, g).AsInt32(), Avx2.UnpackHigh(e, g).AsInt32());
            var (fh, fhHigh) = (Avx2.UnpackLow(f, h).AsInt32(), Avx2.UnpackHigh(f, h).AsInt32());
            (A, E) = (Avx2.Permute2x128(ac, eg, 0x20), Avx2.Permute2x128(ac, eg, 0x31));
            (B, F) = (Avx2.Permute2x128(acHigh, egHigh, 0x20), Avx2.Permute2x128(acHigh, egHigh, 0x31));
            (C, G) = (Avx2.Permute2x128(bd, fh, 0x20), Avx2.Permute2x128(bd, fh, 0x31));
            (D, H) = (Avx2.Permute2x128(bdHigh, fhHigh, 0x20), Avx2.Permute2x128(bdHigh, fhHigh, 0x31));
        }
    }
}

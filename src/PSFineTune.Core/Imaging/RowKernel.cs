using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace PSFineTune.Imaging;

/// <summary>
/// Weighted sums along a row of RGB pixels. Four output pixels at a time where AVX2 is at hand: four source pixels of
/// two outputs in one register, their channels paired so that one instruction multiplies and adds two taps.
/// All sums are of integers, so every path gives the same bytes.
/// </summary>
sealed class RowKernel
{
    /// <summary>Bytes that a row may be overwritten by behind its end.</summary>
    public const int Reach = 32;

    const int Block = 4, Group = 4;

    // Bytes of pixels 0 and 1, then 2 and 3, as pairs of 16-bit numbers by channel; 255 gives 0.
    static readonly Vector256<byte> s_firstTwo = Twice(0, 255, 3, 255, 1, 255, 4, 255, 2, 255, 5, 255, 255, 255, 255, 255);
    static readonly Vector256<byte> s_lastTwo = Twice(6, 255, 9, 255, 7, 255, 10, 255, 8, 255, 11, 255, 255, 255, 255, 255);

    readonly Taps _taps;
    readonly int _blocks;
    readonly int[] _offsets;
    readonly short[] _weights;

    public RowKernel(Taps taps)
    {
        _taps = taps;
        var most = taps.Count.Max();
        _blocks = (most + Block - 1) / Block;
        _offsets = new int[(taps.First.Length + Group - 1) / Group * Group];
        for (var i = 0; i < taps.First.Length; i++) _offsets[i] = 3 * taps.First[i];
        _weights = Avx2.IsSupported ? Arrange(taps) : [];
    }

    /// <summary>Bytes that must be readable behind the source row.</summary>
    public int Overrun => 3 * Block * _blocks + Vector128<byte>.Count;

    /// <param name="from">The source row and Overrun bytes more.</param>
    /// <param name="to">The output row and Reach bytes more.</param>
    public void Run(ReadOnlySpan<byte> from, Span<byte> to)
    {
        if (Avx2.IsSupported) Vectors(ref MemoryMarshal.GetReference(from), ref MemoryMarshal.GetReference(to));
        else Plain(from, to);
    }

    void Vectors(ref byte from, ref byte to)
    {
        ref var weights = ref MemoryMarshal.GetArrayDataReference(_weights);
        for (var i = 0; i < _offsets.Length; i += Group)
        {
            var even = Two(ref Unsafe.Add(ref from, _offsets[i]), ref Unsafe.Add(ref from, _offsets[i + 1]), ref weights);
            weights = ref Unsafe.Add(ref weights, _blocks * 32);
            var odd = Two(ref Unsafe.Add(ref from, _offsets[i + 2]), ref Unsafe.Add(ref from, _offsets[i + 3]), ref weights);
            weights = ref Unsafe.Add(ref weights, _blocks * 32);

            // The low half holds outputs 0 and 2, the high half 1 and 3.
            var words = Avx2.PackSignedSaturate(even, odd);
            var bytes = Avx2.PackUnsignedSaturate(words, words).AsInt32();
            var four = Sse2.UnpackLow(bytes.GetLower(), bytes.GetUpper()).AsByte();
            Ssse3.Shuffle(four, Vector128.Create((byte)0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 255, 255, 255, 255)).StoreUnsafe(ref to, (nuint)(3 * i));
        }
    }

    /// <summary>Two output pixels, one in each half: sums of red, green, blue and nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    Vector256<int> Two(ref byte left, ref byte right, ref short weights)
    {
        var sum = Vector256.Create(Taps.One / 2);
        for (nuint block = 0; block < (nuint)_blocks; block++)
        {
            var pixels = Vector256.Create(Vector128.LoadUnsafe(ref left, 12 * block), Vector128.LoadUnsafe(ref right, 12 * block));
            sum += Avx2.MultiplyAddAdjacent(Avx2.Shuffle(pixels, s_firstTwo).AsInt16(), Vector256.LoadUnsafe(ref weights, 32 * block))
                 + Avx2.MultiplyAddAdjacent(Avx2.Shuffle(pixels, s_lastTwo).AsInt16(), Vector256.LoadUnsafe(ref weights, 32 * block + 16));
        }
        return sum >> Taps.Bits;
    }

    void Plain(ReadOnlySpan<byte> from, Span<byte> to)
    {
        for (var i = 0; i < _taps.First.Length; i++)
        {
            int red = Taps.One / 2, green = red, blue = red, at = _offsets[i];
            foreach (var weight in _taps.Weights.AsSpan(i * _taps.Most, _taps.Count[i]))
            {
                red += weight * from[at];
                green += weight * from[at + 1];
                blue += weight * from[at + 2];
                at += 3;
            }
            to[3 * i] = Clamp(red);
            to[3 * i + 1] = Clamp(green);
            to[3 * i + 2] = Clamp(blue);
        }

        static byte Clamp(int sum) => (byte)Math.Clamp(sum >> Taps.Bits, 0, 255);
    }

    /// <summary>The weights as the registers hold them: by two outputs, by block, taps 0 and 1 four times for each output, then taps 2 and 3.</summary>
    short[] Arrange(Taps taps)
    {
        var arranged = new short[_offsets.Length / 2 * _blocks * 32];
        for (var i = 0; i < taps.First.Length; i++)
            for (var k = 0; k < taps.Count[i]; k++)
            {
                var (block, tap) = Math.DivRem(k, Block);
                var at = (i / 2 * _blocks + block) * 32 + tap / 2 * 16 + i % 2 * 8 + tap % 2;
                for (var channel = 0; channel < 4; channel++) arranged[at + 2 * channel] = taps.Weights[i * taps.Most + k];
            }
        return arranged;
    }

    static Vector256<byte> Twice(params ReadOnlySpan<byte> half) => Vector256.Create(Vector128.Create(half), Vector128.Create(half));
}

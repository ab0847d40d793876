using System.Numerics;
using System.Runtime.InteropServices;

namespace PSFineTune.Audit;

/// <summary>
/// 64 bits that stay nearly the same when a picture is resized or encoded again: bit 8 v + u is whether the cosine transform
/// of the brightness at vertical frequency v and horizontal frequency u is positive (the pHash of Zauner, 2010, with the sign in
/// place of the median, so that mirroring flips known bits). The mean, bit 0, is left out.
/// </summary>
static class PerceptualHash
{
    const int Frequencies = 8;

    const ulong OddColumns = 0xAAAAAAAAAAAAAAAA, OddRows = 0xFF00FF00FF00FF00;

    static readonly float[] s_cosines = Cosines();

    /// <param name="luma">The levels of a <see cref="Sketch"/>, row after row.</param>
    public static ulong Of(ReadOnlySpan<float> luma)
    {
        Span<float> turned = stackalloc float[Frequencies * Sketch.Side];
        for (var y = 0; y < Sketch.Side; y++)
            for (var u = 0; u < Frequencies; u++)
                turned[u * Sketch.Side + y] = Dot(luma.Slice(y * Sketch.Side, Sketch.Side), CosinesOf(u));
        var hash = 0UL;
        for (var bit = 1; bit < 64; bit++)
            if (Dot(turned.Slice(bit % Frequencies * Sketch.Side, Sketch.Side), CosinesOf(bit / Frequencies)) > 0) hash |= 1UL << bit;
        return hash;
    }

    /// <summary>The hash of the picture as a symmetry of the square turns it.</summary>
    /// <param name="hash">Of the picture.</param>
    /// <param name="symmetry">0 to 7: bit 0 mirrors left and right, bit 1 top and bottom, and bit 2 swaps columns and rows before that.</param>
    public static ulong Turned(ulong hash, int symmetry)
    {
        if ((symmetry & 4) != 0) hash = Transposed(hash);
        if ((symmetry & 1) != 0) hash ^= OddColumns;
        if ((symmetry & 2) != 0) hash ^= OddRows;
        return hash & ~1UL;
    }

    // Swaps ever larger squares beside the diagonal (Warren, Hacker's Delight, section 7-3).
    static ulong Transposed(ulong bits)
    {
        var swap = (bits ^ (bits >> 7)) & 0x00AA00AA00AA00AA;
        bits ^= swap ^ (swap << 7);
        swap = (bits ^ (bits >> 14)) & 0x0000CCCC0000CCCC;
        bits ^= swap ^ (swap << 14);
        swap = (bits ^ (bits >> 28)) & 0x00000000F0F0F0F0;
        return bits ^ swap ^ (swap << 28);
    }

    static float Dot(ReadOnlySpan<float> one, ReadOnlySpan<float> other)
    {
        var sum = Vector<float>.Zero;
        var ones = MemoryMarshal.Cast<float, Vector<float>>(one);
        var others = MemoryMarshal.Cast<float, Vector<float>>(other);
        for (var i = 0; i < ones.Length; i++) sum += ones[i] * others[i];
        return Vector.Sum(sum);
    }

    static ReadOnlySpan<float> CosinesOf(int frequency) => s_cosines.AsSpan(frequency * Sketch.Side, Sketch.Side);

    static float[] Cosines() =>
        [.. from frequency in Enumerable.Range(0, Frequencies) from x in Enumerable.Range(0, Sketch.Side) select (float)Math.Cos(Math.PI * frequency * (x + 0.5) / Sketch.Side)];
}

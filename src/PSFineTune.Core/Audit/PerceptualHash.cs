using System.Runtime.Intrinsics;

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

    // Place by place, the cosines of all frequencies.
    static readonly Vector256<float>[] s_cosines = [.. Enumerable.Range(0, Sketch.Side).Select(place => Vector256.Create([.. Enumerable.Range(0, Frequencies).Select(frequency => Cosine(frequency, place))]))];

    /// <param name="luma">The levels of a <see cref="Sketch"/>, row after row.</param>
    public static ulong Of(ReadOnlySpan<float> luma)
    {
        // Each row's transform, all frequencies side by side; then that of the columns, a row of frequencies at a time.
        Span<Vector256<float>> rows = stackalloc Vector256<float>[Sketch.Side];
        for (var y = 0; y < Sketch.Side; y++)
        {
            var sum = Vector256<float>.Zero;
            for (var x = 0; x < Sketch.Side; x++) sum += luma[y * Sketch.Side + x] * s_cosines[x];
            rows[y] = sum;
        }
        var hash = 0UL;
        for (var v = 0; v < Frequencies; v++)
        {
            var sum = Vector256<float>.Zero;
            for (var y = 0; y < Sketch.Side; y++) sum += s_cosines[y][v] * rows[y];
            hash |= (ulong)Vector256.GreaterThan(sum, Vector256<float>.Zero).ExtractMostSignificantBits() << (Frequencies * v);
        }
        return hash & ~1UL;
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

    static float Cosine(int frequency, int place) => (float)Math.Cos(Math.PI * frequency * (place + 0.5) / Sketch.Side);
}

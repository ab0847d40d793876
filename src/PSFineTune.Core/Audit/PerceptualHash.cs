using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PSFineTune.Audit;

/// <summary>
/// 64 bits that stay nearly the same when a picture is resized or encoded again: bit 8 v + u is whether the cosine transform
/// of the brightness at vertical frequency v and horizontal frequency u is positive (the pHash of Zauner, 2010, with the sign in
/// place of the median, so that mirroring flips known bits). The mean, bit 0, is left out.
/// </summary>
static class PerceptualHash
{
    public const int Frequencies = 8;

    const ulong OddColumns = 0xAAAAAAAAAAAAAAAA, OddRows = 0xFF00FF00FF00FF00;

    /// <summary>Each row's transform, all frequencies side by side.</summary>
    /// <param name="cells">Brightness, row after row.</param>
    /// <param name="columns">The columns that are seen.</param>
    /// <param name="rows">One a row.</param>
    public static void Across(ReadOnlySpan<float> cells, Stretch columns, Span<Vector256<float>> rows)
    {
        const int side = Sketch.Cells;
        var weights = columns.Weights[columns.First..columns.End];
        // Four rows at once, whose sums do not wait for each other.
        for (var y = 0; y < side; y += 4)
        {
            var one = cells.Slice(y * side + columns.First, weights.Length);
            var two = cells.Slice((y + 1) * side + columns.First, weights.Length);
            var three = cells.Slice((y + 2) * side + columns.First, weights.Length);
            var four = cells.Slice((y + 3) * side + columns.First, weights.Length);
            Vector256<float> first = default, second = default, third = default, fourth = default;
            for (var x = 0; x < weights.Length; x++)
            {
                first += one[x] * weights[x];
                second += two[x] * weights[x];
                third += three[x] * weights[x];
                fourth += four[x] * weights[x];
            }
            (rows[y], rows[y + 1], rows[y + 2], rows[y + 3]) = (first, second, third, fourth);
        }
    }

    /// <summary>The hash of what is seen of the rows.</summary>
    /// <param name="across">Their transforms.</param>
    /// <param name="rows">The rows that are seen.</param>
    public static ulong Of(ReadOnlySpan<Vector256<float>> across, Stretch rows)
    {
        var factors = MemoryMarshal.Cast<Vector256<float>, float>(rows.Weights);
        var hash = 0UL;
        for (var v = 0; v < Frequencies; v += 4)
        {
            Vector256<float> first = default, second = default, third = default, fourth = default;
            for (var y = rows.First; y < rows.End; y++)
            {
                var (row, at) = (across[y], Frequencies * y + v);
                first += factors[at] * row;
                second += factors[at + 1] * row;
                third += factors[at + 2] * row;
                fourth += factors[at + 3] * row;
            }
            hash |= (Signs(first) | Signs(second) << Frequencies | Signs(third) << (2 * Frequencies) | Signs(fourth) << (3 * Frequencies)) << (Frequencies * v);
        }
        return hash & ~1UL;
    }

    static ulong Signs(Vector256<float> sums) => Vector256.GreaterThan(sums, Vector256<float>.Zero).ExtractMostSignificantBits();

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
}

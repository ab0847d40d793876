using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using PSFineTune.Imaging;

namespace PSFineTune.Audit;

/// <summary>The brightness of a thumbnail in a quarter of its cells: enough for hashes and for a first look at a part, and cheap to take.</summary>
sealed class Sketch
{
    public const int Side = 16, Size = Side * Side;

    /// <summary>Of a side of what it is taken from.</summary>
    public const int Cells = Thumbnail.Side;

    static readonly Stretch s_all = new(0, 1);

    readonly float[] _soft = new float[Cells * Cells];

    /// <param name="luma"><see cref="Thumbnail.Luma"/> levels.</param>
    public Sketch(ReadOnlySpan<byte> luma)
    {
        // Cell (x, y) is the mean of itself and its right and lower neighbours: what is finer than a sketch's cell would only be noise.
        for (var y = 0; y < Cells; y++)
        {
            var row = luma.Slice(y * Cells, Cells);
            var below = luma.Slice(Math.Min(y + 1, Cells - 1) * Cells, Cells);
            var soft = _soft.AsSpan(y * Cells, Cells);
            for (var x = 0; x < Cells - 1; x++) soft[x] = 0.25f * (row[x] + row[x + 1] + below[x] + below[x + 1]);
            soft[^1] = 0.5f * (row[^1] + below[^1]);
        }
    }

    /// <summary>A part of it, as levels.</summary>
    /// <param name="share">Which part.</param>
    /// <param name="mirrored">Left and right changed.</param>
    /// <param name="to"><see cref="Size"/> levels, row after row.</param>
    public void Take(Share share, bool mirrored, Span<float> to)
    {
        Span<int> places = stackalloc int[Side];
        Span<float> parts = stackalloc float[Side], row = stackalloc float[Cells];
        for (var x = 0; x < Side; x++) places[x] = Place(share.Left, share.Width, mirrored ? Side - 1 - x : x, out parts[x]);
        var between = MemoryMarshal.Cast<float, Vector256<float>>(row);
        for (var y = 0; y < Side; y++)
        {
            var at = Cells * Place(share.Top, share.Height, y, out var down);
            var upper = MemoryMarshal.Cast<float, Vector256<float>>(_soft.AsSpan(at, Cells));
            var lower = MemoryMarshal.Cast<float, Vector256<float>>(_soft.AsSpan(at + Cells, Cells));
            for (var x = 0; x < between.Length; x++) between[x] = upper[x] + down * (lower[x] - upper[x]);
            var into = to.Slice(y * Side, Side);
            for (var x = 0; x < Side; x++) into[x] = row[places[x]] + parts[x] * (row[places[x] + 1] - row[places[x]]);
        }
    }

    /// <summary>The hash of all of it.</summary>
    public ulong Hash()
    {
        Span<Vector256<float>> across = stackalloc Vector256<float>[Cells];
        PerceptualHash.Across(_soft, s_all, across);
        return PerceptualHash.Of(across, s_all);
    }

    /// <summary>The hashes of parts.</summary>
    /// <param name="parts">Those with the same columns follow each other, which are taken once then.</param>
    /// <param name="to">One for each.</param>
    public void Hash(ReadOnlySpan<(Stretch Columns, Stretch Rows)> parts, Span<ulong> to)
    {
        Span<Vector256<float>> across = stackalloc Vector256<float>[Cells];
        for (var part = 0; part < parts.Length; part++)
        {
            if (part == 0 || parts[part].Columns != parts[part - 1].Columns) PerceptualHash.Across(_soft, parts[part].Columns, across);
            to[part] = PerceptualHash.Of(across, parts[part].Rows);
        }
    }

    /// <summary>Correlation of two sketches' levels, -1 to 1; 0 where one is of one level.</summary>
    public static float Likeness(ReadOnlySpan<float> one, ReadOnlySpan<float> other)
    {
        var these = MemoryMarshal.Cast<float, Vector256<float>>(one[..Size]);
        var those = MemoryMarshal.Cast<float, Vector256<float>>(other[..Size]);
        Vector256<float> sum = default, sums = default, square = default, squares = default, product = default;
        for (var i = 0; i < these.Length; i++)
        {
            sum += these[i];
            sums += those[i];
            square += these[i] * these[i];
            squares += those[i] * those[i];
            product += these[i] * those[i];
        }
        var (x, y, xx, yy, xy) = (Vector256.Sum(sum), Vector256.Sum(sums), Vector256.Sum(square), Vector256.Sum(squares), Vector256.Sum(product));
        var (ones, others) = (xx - x * x / Size, yy - y * y / Size);
        return ones > 1 && others > 1 ? (xy - x * y / Size) / MathF.Sqrt(ones * others) : 0;
    }

    // The cell left of the middle of a sketch's cell, and how far right of that cell's middle that is. The soft cells are shifted by half a cell.
    public static int Place(float start, float length, int cell, out float part)
    {
        var place = Math.Clamp(Cells * (start + length * (cell + 0.5f) / Side) - 1, 0, Cells - 2);
        var whole = Math.Min((int)place, Cells - 2);
        part = place - whole;
        return whole;
    }
}

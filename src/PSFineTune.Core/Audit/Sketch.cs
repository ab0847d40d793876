using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using PSFineTune.Imaging;

namespace PSFineTune.Audit;

/// <summary>The brightness of a thumbnail in a quarter of its cells: enough for hashes and for a first look at a part, and cheap to take.</summary>
sealed class Sketch
{
    public const int Side = 16, Size = Side * Side;

    const int Cells = Thumbnail.Side;

    readonly float[] _soft = new float[Cells * Cells];

    // Every row between the columns of the part that was taken last: many parts have the same columns.
    readonly float[] _across = new float[Cells * Side];
    (float Left, float Width, bool Mirrored) _columns;

    /// <param name="luma"><see cref="Thumbnail.Luma"/> levels.</param>
    public Sketch(ReadOnlySpan<byte> luma)
    {
        // Cell (x, y) is the mean of itself and its right and lower neighbours: what is finer than a sketch's cell would only be noise.
        for (var y = 0; y < Cells; y++)
            for (var x = 0; x < Cells; x++)
            {
                var (right, below) = (Math.Min(x + 1, Cells - 1), Math.Min(y + 1, Cells - 1) * Cells);
                _soft[y * Cells + x] = 0.25f * (luma[y * Cells + x] + luma[y * Cells + right] + luma[below + x] + luma[below + right]);
            }
    }

    /// <summary>A part of it, as levels.</summary>
    /// <param name="share">Which part.</param>
    /// <param name="mirrored">Left and right changed.</param>
    /// <param name="to"><see cref="Size"/> levels, row after row.</param>
    public void Take(Share share, bool mirrored, Span<float> to)
    {
        if (_columns != (share.Left, share.Width, mirrored)) Across(share.Left, share.Width, mirrored);
        for (var y = 0; y < Side; y++)
        {
            var row = Side * Place(share.Top, share.Height, y, out var down);
            var upper = Levels(_across.AsSpan(row, Side));
            var lower = Levels(_across.AsSpan(row + Side, Side));
            var into = Levels(to.Slice(y * Side, Side));
            for (var x = 0; x < into.Length; x++) into[x] = upper[x] + down * (lower[x] - upper[x]);
        }
    }

    void Across(float left, float width, bool mirrored)
    {
        _columns = (left, width, mirrored);
        for (var x = 0; x < Side; x++)
        {
            var at = Place(left, width, mirrored ? Side - 1 - x : x, out var part);
            for (var y = 0; y < Cells; y++) _across[y * Side + x] = _soft[y * Cells + at] + part * (_soft[y * Cells + at + 1] - _soft[y * Cells + at]);
        }
    }

    static Span<Vector256<float>> Levels(Span<float> row) => MemoryMarshal.Cast<float, Vector256<float>>(row);

    /// <summary>Of a part.</summary>
    public ulong Hash(Share share)
    {
        Span<float> levels = stackalloc float[Size];
        Take(share, mirrored: false, levels);
        return PerceptualHash.Of(levels);
    }

    /// <summary>Correlation of two sketches' levels, -1 to 1; 0 where one is of one level.</summary>
    public static float Likeness(ReadOnlySpan<float> one, ReadOnlySpan<float> other)
    {
        var (x, y, xx, yy, xy) = (0f, 0f, 0f, 0f, 0f);
        for (var i = 0; i < Size; i++)
        {
            x += one[i];
            y += other[i];
            xx += one[i] * one[i];
            yy += other[i] * other[i];
            xy += one[i] * other[i];
        }
        var (ones, others) = (xx - x * x / Size, yy - y * y / Size);
        return ones > 1 && others > 1 ? (xy - x * y / Size) / MathF.Sqrt(ones * others) : 0;
    }

    // The cell left of the middle of a sketch's cell, and how far right of that cell's middle that is. The soft cells are shifted by half a cell.
    static int Place(float start, float length, int cell, out float part)
    {
        var place = Math.Clamp(Cells * (start + length * (cell + 0.5f) / Side) - 1, 0, Cells - 2);
        var whole = Math.Min((int)place, Cells - 2);
        part = place - whole;
        return whole;
    }
}

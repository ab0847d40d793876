using PSFineTune.Imaging;

namespace PSFineTune.Audit;

/// <summary>The brightness of a thumbnail in a quarter of its cells: enough for hashes and for a first look at a part, and cheap to take.</summary>
sealed class Sketch
{
    public const int Side = 16, Size = Side * Side;

    const int Cells = Thumbnail.Side;

    readonly float[] _soft = new float[Cells * Cells];

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
        Span<int> columns = stackalloc int[Side];
        Span<float> parts = stackalloc float[Side];
        for (var x = 0; x < Side; x++) columns[x] = Place(share.Left, share.Width, mirrored ? Side - 1 - x : x, out parts[x]);
        for (var y = 0; y < Side; y++)
        {
            var row = _soft.AsSpan(Cells * Place(share.Top, share.Height, y, out var down), 2 * Cells);
            for (var x = 0; x < Side; x++)
            {
                var (at, across) = (columns[x], parts[x]);
                var (upper, lower) = (row[at] + across * (row[at + 1] - row[at]), row[at + Cells] + across * (row[at + Cells + 1] - row[at + Cells]));
                to[y * Side + x] = upper + down * (lower - upper);
            }
        }
    }

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

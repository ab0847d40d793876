using System.Text;

namespace PSFineTune.Pictures;

/// <summary>Dots in the cells of Braille characters, each cell in the colour that was drawn in it last.</summary>
/// <param name="width">Characters.</param>
/// <param name="height">Characters.</param>
sealed class DotCanvas(int width, int height)
{
    public const char Empty = '\u2800';

    // Bits by row and column of a cell: Unicode keeps the order of six-dot Braille and adds the lowest row.
    static readonly byte[,] s_bits = { { 0x01, 0x08 }, { 0x02, 0x10 }, { 0x04, 0x20 }, { 0x40, 0x80 } };

    readonly byte[,] _cells = new byte[height, width];
    readonly int[,] _colors = new int[height, width];

    /// <summary>A straight line of dots, both ends with it; one of so many steps is drawn.</summary>
    public void Line((int X, int Y) from, (int X, int Y) to, int color, int every)
    {
        var steps = Math.Max(1, Math.Max(Math.Abs(to.X - from.X), Math.Abs(to.Y - from.Y)));
        for (var step = 0; step <= steps; step++)
            if (step % every == 0 || step == steps) Dot(from.X + (int)Math.Round((to.X - from.X) * (double)step / steps), from.Y + (int)Math.Round((to.Y - from.Y) * (double)step / steps), color);
    }

    /// <param name="row">From the top.</param>
    /// <param name="ink">The terminal's words for a colour; null for none.</param>
    public string Row(int row, Func<int, string>? ink)
    {
        var text = new StringBuilder();
        int? now = null;
        for (var x = 0; x < width; x++)
        {
            if (ink is not null && _cells[row, x] != 0 && now != _colors[row, x]) text.Append(ink((now = _colors[row, x]).Value));
            text.Append((char)(Empty + _cells[row, x]));
        }
        return now is null ? text.ToString() : text.Append("\u001b[0m").ToString();
    }

    void Dot(int x, int y, int color)
    {
        _cells[y / 4, x / 2] |= s_bits[y % 4, x % 2];
        _colors[y / 4, x / 2] = color;
    }
}

using System.Runtime.Intrinsics;

namespace PSFineTune.Imaging;

/// <summary>How a picture as a camera stored it is turned to be seen: mirrored or not on each axis, then its axes swapped or not.</summary>
/// <param name="FromRight">The last stored column is seen first.</param>
/// <param name="FromBelow">The last stored row is seen first.</param>
/// <param name="Turned">Stored rows are seen as columns.</param>
readonly record struct Upright(bool FromRight, bool FromBelow, bool Turned)
{
    /// <param name="orientation">EXIF tag 274: 1 (as stored) to 8; anything else counts as 1.</param>
    public static Upright Of(int orientation) => orientation is < 2 or > 8
        ? default
        : new(FromRight: orientation is 2 or 3 or 7 or 8, FromBelow: orientation is 3 or 4 or 6 or 7, Turned: orientation >= 5);

    public (int Width, int Height) Size(int width, int height) => Turned ? (height, width) : (width, height);

    /// <summary>Where a seen window is stored, in a stored picture of that size.</summary>
    public Window Stored(Window seen, int width, int height)
    {
        var window = Turned ? seen.Turned() : seen;
        return window with { Left = FromRight ? width - window.Right : window.Left, Top = FromBelow ? height - window.Bottom : window.Top };
    }

    /// <summary>Where the left upper corner of a stored part is seen, in pixels of a stored picture of size Whole.</summary>
    public (double X, double Y) Seen((double X, double Y, double Width, double Height) part, (int Width, int Height) whole)
    {
        var x = FromRight ? whole.Width - part.X - part.Width : part.X;
        var y = FromBelow ? whole.Height - part.Y - part.Height : part.Y;
        return Turned ? (y, x) : (x, y);
    }

    /// <summary>Puts stored rows where they are seen, three bytes a pixel for four.</summary>
    /// <param name="rows">Four bytes a pixel, of which the last is ignored; begins with the first pixel to put.</param>
    /// <param name="stride">Bytes from row to row.</param>
    /// <param name="first">Which row of the stored part the first one is, and how many there are.</param>
    /// <param name="to">The seen part.</param>
    public void Put(ReadOnlySpan<byte> rows, int stride, (int Row, int Count) first, Picture to)
    {
        if (Turned) PutTurned(rows, stride, first, to);
        else
            for (var k = 0; k < first.Count; k++)
            {
                var row = to.Row(FromBelow ? to.Height - 1 - first.Row - k : first.Row + k);
                Pack(rows.Slice(k * stride, 4 * to.Width), row);
                if (FromRight) Mirror.Row(row);
            }
    }

    /// <summary>Along the seen rows: what one call writes of them lies side by side.</summary>
    void PutTurned(ReadOnlySpan<byte> rows, int stride, (int Row, int Count) first, Picture to)
    {
        var left = FromBelow ? to.Width - first.Row - first.Count : first.Row;
        var (start, step) = FromBelow ? ((first.Count - 1) * stride, -stride) : (0, stride);
        for (var x = 0; x < to.Height; x++)
        {
            var row = to.Row(FromRight ? to.Height - 1 - x : x).Slice(3 * left, 3 * first.Count);
            for (int at = 0, from = start + 4 * x; at < row.Length; at += 3, from += step) rows.Slice(from, 3).CopyTo(row[at..]);
        }
    }

    /// <summary>Drops every fourth byte.</summary>
    static void Pack(ReadOnlySpan<byte> four, Span<byte> three)
    {
        var (from, to) = (0, 0);
        // Sixteen bytes are written for twelve that count; the rest is overwritten next time round.
        for (; to + 16 <= three.Length; from += 16, to += 12)
        {
            var packed = Vector128.Shuffle(Vector128.Create(four.Slice(from, 16)),
                Vector128.Create((byte)0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 255, 255, 255, 255));
            packed.CopyTo(three[to..]);
        }
        for (; to < three.Length; from += 4, to += 3) four.Slice(from, 3).CopyTo(three[to..]);
    }
}

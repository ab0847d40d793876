using System.Runtime.Intrinsics;

namespace PSFineTune.Imaging;

/// <summary>Four-byte pixels as a camera stored them, turned to how the picture is seen, as three-byte pixels.</summary>
static class Upright
{
    /// <param name="pixels">Width * height pixels of 4 bytes, rows from the top; the fourth byte is ignored.</param>
    /// <param name="width">As stored.</param>
    /// <param name="height">As stored.</param>
    /// <param name="orientation">EXIF tag 274: 1 (as stored) to 8; anything else counts as 1.</param>
    public static Picture From(ReadOnlySpan<byte> pixels, int width, int height, int orientation)
    {
        if (orientation is < 2 or > 8)
        {
            var same = new Picture(width, height);
            for (var y = 0; y < height; y++) Pack(pixels.Slice(4 * width * y, 4 * width), same.Row(y));
            return same;
        }

        // Where the seen picture's first pixel is stored, and how far apart its neighbours to the right and below are.
        var (last, below) = (width - 1, (height - 1) * width);
        var (first, right, down) = orientation switch
        {
            2 => (last, -1, width),
            3 => (below + last, -1, -width),
            4 => (below, 1, -width),
            5 => (0, width, 1),
            6 => (below, -width, 1),
            7 => (below + last, -width, -1),
            _ => (last, width, -1),
        };
        var turned = orientation >= 5 ? new Picture(height, width) : new Picture(width, height);
        for (var y = 0; y < turned.Height; y++)
        {
            var row = turned.Row(y);
            for (int x = 0, from = 4 * (first + y * down); x < row.Length; x += 3, from += 4 * right)
                pixels.Slice(from, 3).CopyTo(row[x..]);
        }
        return turned;
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

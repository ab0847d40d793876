namespace PSFineTune.Imaging;

/// <summary>Cuts rectangles out of pictures and fills what lies beyond.</summary>
static class Cropper
{
    /// <summary>A new picture of the window's size.</summary>
    /// <param name="source">Left as it is.</param>
    /// <param name="window">May reach beyond the source, or miss it.</param>
    /// <param name="mode">What is beyond.</param>
    /// <param name="fill">Its colour, if it is one.</param>
    public static Picture Cut(Picture source, Window window, PaddingMode mode, Rgb fill)
    {
        var result = new Picture(window.Width, window.Height);
        // The part of each row that lies inside, in columns of the window.
        var first = (int)Math.Clamp(-(long)window.Left, 0, window.Width);
        var last = (int)Math.Clamp((long)source.Width - window.Left, first, window.Width);
        for (var y = 0; y < window.Height; y++)
        {
            var row = result.Row(y);
            var inside = (uint)(window.Top + y) < (uint)source.Height;
            if (!inside && mode == PaddingMode.Constant)
            {
                Paint(row, fill);
                continue;
            }
            var from = source.Row(inside ? window.Top + y : Beyond.At(window.Top + y, source.Height, mode));
            if (first > 0) Side(from, row[..(3 * first)], window.Left, mode, fill);
            if (last > first) from.Slice(3 * (window.Left + first), 3 * (last - first)).CopyTo(row[(3 * first)..]);
            if (last < window.Width) Side(from, row[(3 * last)..], window.Left + last, mode, fill);
        }
        return result;
    }

    /// <summary>Gives every pixel of a row one colour.</summary>
    public static void Paint(Span<byte> row, Rgb color)
    {
        if (color == default) row.Clear();
        else if (color.Red == color.Green && color.Green == color.Blue) row.Fill(color.Red);
        else
            for (var at = 0; at < row.Length; at += 3)
                (row[at], row[at + 1], row[at + 2]) = (color.Red, color.Green, color.Blue);
    }

    /// <summary>Pixels of a row that lie beyond the source's, the first of them at that place.</summary>
    static void Side(ReadOnlySpan<byte> from, Span<byte> to, int place, PaddingMode mode, Rgb fill)
    {
        if (mode == PaddingMode.Constant) Paint(to, fill);
        else
            for (var at = 0; at < to.Length; at += 3, place++)
                from.Slice(3 * Beyond.At(place, from.Length / 3, mode), 3).CopyTo(to[at..]);
    }
}

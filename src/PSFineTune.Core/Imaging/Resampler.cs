using System.Buffers;
using PSFineTune.Models;

namespace PSFineTune.Imaging;

/// <summary>Crops and resizes in one pass over the pixels: rows first, then columns, 8 bits between, as Pillow does.</summary>
static class Resampler
{
    /// <summary>A new picture of the given size from the window of the source; pixels outside of the window do not count.</summary>
    /// <param name="source">Left as it is.</param>
    /// <param name="window">Inside the source.</param>
    /// <param name="width">Of the new picture.</param>
    /// <param name="height">Of the new picture.</param>
    /// <param name="how">Bilinear and Bicubic are antialiased when shrinking.</param>
    public static Picture Resample(Picture source, Window window, int width, int height, Interpolation how) =>
        Resample(new PicturePart(source, 0, 0, 1), window, (width, height), new(0, 0, width, height), how);

    /// <summary>The same, of which only a part is made, from what was decoded of the source.</summary>
    /// <param name="part">Has the pixels that are needed; left as it is.</param>
    /// <param name="window">In full-size pixels of the source.</param>
    /// <param name="size">That the window becomes.</param>
    /// <param name="wanted">Of that size; what is made.</param>
    /// <param name="how">As above.</param>
    public static Picture Resample(PicturePart part, Window window, (int Width, int Height) size, Window wanted, Interpolation how)
    {
        var across = Axis((window.Left, window.Width), size.Width, (wanted.Left, wanted.Width), (part.X, part.Step, part.Picture.Width), how);
        var down = Axis((window.Top, window.Height), size.Height, (wanted.Top, wanted.Height), (part.Y, part.Step, part.Picture.Height), how);
        var result = new Picture(wanted.Width, wanted.Height);
        // Rows of the output's width, each with room for a vector that starts at its last byte.
        var stride = (3 * wanted.Width + 2 * RowKernel.Reach - 1) / RowKernel.Reach * RowKernel.Reach;
        var (top, bottom) = down.Range;
        var rented = ArrayPool<byte>.Shared.Rent(checked(stride * (bottom - top)));
        try
        {
            Rows(part.Picture, (top, bottom), rented.AsSpan(0, stride * (bottom - top)), stride, across);
            for (var y = 0; y < result.Height; y++)
                ColumnKernel.Run(rented.AsSpan((down.First[y] - top) * stride), stride, down.Weights.AsSpan(y * down.Most, down.Count[y]), result.Row(y));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
        return result;
    }

    /// <summary>The full-size pixels that the wanted part is made of.</summary>
    public static Window Needed(Window window, (int Width, int Height) size, Window wanted, Interpolation how)
    {
        var (left, right) = Axis((window.Left, window.Width), size.Width, (wanted.Left, wanted.Width), (0, 1, window.Right), how).Range;
        var (top, bottom) = Axis((window.Top, window.Height), size.Height, (wanted.Top, wanted.Height), (0, 1, window.Bottom), how).Range;
        return new(left, top, right - left, bottom - top);
    }

    static Taps Axis((int Start, int Length) window, int to, (int Start, int Count) wanted, (double Start, double Step, int Length) part, Interpolation how) =>
        // Whole pixels are counted from the window's own start: so a part gives the very numbers that the whole gives.
        part.Step == 1 ? Taps.For(0, window.Length, (0, window.Length), to, wanted, how).Shifted(window.Start - (int)part.Start)
        : Taps.For((window.Start - part.Start) / part.Step, window.Length / part.Step, (0, part.Length), to, wanted, how);

    static void Rows(Picture source, (int Top, int Bottom) range, Span<byte> rows, int stride, Taps taps)
    {
        var (left, right) = taps.Range;
        var kernel = taps.Copies ? null : new RowKernel(taps.Shifted(-left));
        // The kernel reads in blocks and so a little past the row: into zeros that weigh nothing.
        var length = 3 * (right - left);
        var rented = ArrayPool<byte>.Shared.Rent(length + (kernel?.Overrun ?? 0));
        rented.AsSpan(length, kernel?.Overrun ?? 0).Clear();
        for (var y = range.Top; y < range.Bottom; y++)
        {
            var row = source.Row(y).Slice(3 * left, length);
            var to = rows.Slice((y - range.Top) * stride, stride);
            if (kernel is null) row.CopyTo(to);
            else
            {
                row.CopyTo(rented);
                kernel.Run(rented, to);
            }
        }
        ArrayPool<byte>.Shared.Return(rented);
    }
}

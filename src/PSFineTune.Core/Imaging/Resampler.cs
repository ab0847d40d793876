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
    public static Picture Resample(Picture source, Window window, int width, int height, Interpolation how)
    {
        var result = new Picture(width, height);
        if (how == Interpolation.Nearest)
        {
            Nearest(source, window, result);
            return result;
        }

        // Rows of the output's width, each with room for a vector that starts at its last byte.
        var stride = (3 * width + 2 * RowKernel.Reach - 1) / RowKernel.Reach * RowKernel.Reach;
        var rented = ArrayPool<byte>.Shared.Rent(checked(stride * window.Height));
        try
        {
            Rows(source, window, rented.AsSpan(0, stride * window.Height), stride, width == window.Width ? null : Taps.For(window.Width, width, how));
            if (height == window.Height)
                for (var y = 0; y < height; y++) rented.AsSpan(y * stride, 3 * width).CopyTo(result.Row(y));
            else
                Columns(rented, stride, Taps.For(window.Height, height, how), result);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
        return result;
    }

    static void Rows(Picture source, Window window, Span<byte> rows, int stride, Taps? taps)
    {
        var kernel = taps is null ? null : new RowKernel(taps);
        // The kernel reads in blocks and so a little past the row: into zeros that weigh nothing.
        var rented = ArrayPool<byte>.Shared.Rent(3 * window.Width + (kernel?.Overrun ?? 0));
        var padded = rented.AsSpan(0, 3 * window.Width + (kernel?.Overrun ?? 0));
        padded[(3 * window.Width)..].Clear();
        for (var y = 0; y < window.Height; y++)
        {
            var row = source.Row(window.Top + y).Slice(3 * window.Left, 3 * window.Width);
            if (kernel is null)
            {
                row.CopyTo(rows[(y * stride)..]);
                continue;
            }
            row.CopyTo(padded);
            kernel.Run(padded, rows.Slice(y * stride, stride));
        }
        ArrayPool<byte>.Shared.Return(rented);
    }

    static void Columns(ReadOnlySpan<byte> rows, int stride, Taps taps, Picture result)
    {
        for (var y = 0; y < result.Height; y++)
            ColumnKernel.Run(rows[(taps.First[y] * stride)..], stride, taps.Weights.AsSpan(y * taps.Most, taps.Count[y]), result.Row(y));
    }

    /// <summary>The source pixel under each output pixel's centre.</summary>
    static void Nearest(Picture source, Window window, Picture result)
    {
        var columns = new int[result.Width];
        for (var x = 0; x < columns.Length; x++) columns[x] = 3 * (window.Left + At(x, window.Width, result.Width));
        for (var y = 0; y < result.Height; y++)
        {
            var from = source.Row(window.Top + At(y, window.Height, result.Height));
            var to = result.Row(y);
            for (var x = 0; x < columns.Length; x++) from.Slice(columns[x], 3).CopyTo(to[(3 * x)..]);
        }

        static int At(int output, int from, int to) => Math.Min(from - 1, (int)((output + 0.5) * from / to));
    }
}

using System.Buffers;

namespace PSFineTune.Imaging;

/// <summary>
/// Gaussian blur, rows first, then columns, 8 bits between. Along a row the neighbours of a channel are three bytes apart,
/// down a column one row: both are weighted sums at a stride, so one kernel does both. Beyond the edges is the mirror image.
/// </summary>
static class Blurring
{
    /// <summary>A new, blurred picture.</summary>
    /// <param name="source">Left as it is.</param>
    /// <param name="across">Weights along rows, an odd number, sum <see cref="Taps.One"/>.</param>
    /// <param name="down">Weights along columns, an odd number, sum <see cref="Taps.One"/>.</param>
    public static Picture Blur(Picture source, short[] across, short[] down)
    {
        var (width, height, above) = (source.Width, source.Height, down.Length / 2);
        // Room for a vector that starts at a row's last byte.
        var stride = 3 * width + RowKernel.Reach;
        var rented = ArrayPool<byte>.Shared.Rent(checked(stride * (height + 2 * above) + RowKernel.Reach));
        var padded = ArrayPool<byte>.Shared.Rent(3 * (width + across.Length) + RowKernel.Reach);
        try
        {
            for (var y = 0; y < height; y++)
            {
                Widen(source.Row(y), across.Length / 2, padded);
                ColumnKernel.Run(padded, 3, across, rented.AsSpan((above + y) * stride, 3 * width));
            }
            for (var y = 1; y <= above; y++)
            {
                Row(above + Beyond.At(-y, height, PaddingMode.Reflect)).CopyTo(Row(above - y));
                Row(above + Beyond.At(height - 1 + y, height, PaddingMode.Reflect)).CopyTo(Row(above + height - 1 + y));
            }
            var result = new Picture(width, height);
            for (var y = 0; y < height; y++) ColumnKernel.Run(rented.AsSpan(y * stride), stride, down, result.Row(y));
            return result;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
            ArrayPool<byte>.Shared.Return(padded);
        }

        Span<byte> Row(int y) => rented.AsSpan(y * stride, 3 * width);
    }

    static void Widen(ReadOnlySpan<byte> row, int by, Span<byte> to)
    {
        var width = row.Length / 3;
        row.CopyTo(to[(3 * by)..]);
        for (var x = 1; x <= by; x++)
        {
            row.Slice(3 * Beyond.At(-x, width, PaddingMode.Reflect), 3).CopyTo(to[(3 * (by - x))..]);
            row.Slice(3 * Beyond.At(width - 1 + x, width, PaddingMode.Reflect), 3).CopyTo(to[(3 * (by + width - 1 + x))..]);
        }
    }
}

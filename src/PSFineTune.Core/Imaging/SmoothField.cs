using System.Buffers;

namespace PSFineTune.Imaging;

/// <summary>Smooth random numbers over a picture: uniform noise from -1 to 1, blurred by a normal distribution; beyond the edges is the mirror image.</summary>
static class SmoothField
{
    /// <summary>Width x height numbers in rows, in a rented array that may be longer.</summary>
    /// <param name="random">The noise is its next numbers.</param>
    /// <param name="width">Pixels.</param>
    /// <param name="height">Pixels.</param>
    /// <param name="across">Weights along rows, an odd number.</param>
    /// <param name="down">Weights along columns, an odd number.</param>
    /// <param name="factor">What all is multiplied by.</param>
    public static float[] Rent(RandomStream random, int width, int height, float[] across, float[] down, double factor)
    {
        var (beside, above) = (across.Length / 2, down.Length / 2);
        var rows = ArrayPool<float>.Shared.Rent(checked(width * (height + 2 * above)));
        var padded = ArrayPool<float>.Shared.Rent(width + 2 * beside);
        for (var y = 0; y < height; y++)
        {
            Noise(random, padded.AsSpan(beside, width), (float)factor);
            for (var x = 1; x <= beside; x++)
            {
                padded[beside - x] = padded[beside + Beyond.At(-x, width, PaddingMode.Reflect)];
                padded[beside + width - 1 + x] = padded[beside + Beyond.At(width - 1 + x, width, PaddingMode.Reflect)];
            }
            FloatKernel.Run(padded, 1, across, rows.AsSpan((above + y) * width, width));
        }
        for (var y = 1; y <= above; y++)
        {
            rows.AsSpan((above + Beyond.At(-y, height, PaddingMode.Reflect)) * width, width).CopyTo(rows.AsSpan((above - y) * width));
            rows.AsSpan((above + Beyond.At(height - 1 + y, height, PaddingMode.Reflect)) * width, width).CopyTo(rows.AsSpan((above + height - 1 + y) * width));
        }
        // A sum at y needs the rows from y on, so that it may take the place of the first of them.
        for (var y = 0; y < height; y++) FloatKernel.Run(rows.AsSpan(y * width), width, down, rows.AsSpan(y * width, width));
        ArrayPool<float>.Shared.Return(padded);
        return rows;
    }

    static void Noise(RandomStream random, Span<float> to, float factor)
    {
        // Two numbers of 32 bits out of one of 64.
        var unit = factor / (1L << 31);
        var i = 0;
        for (; i + 2 <= to.Length; i += 2)
        {
            var both = (long)random.Next();
            (to[i], to[i + 1]) = ((int)both * unit, (int)(both >> 32) * unit);
        }
        if (i < to.Length) to[i] = (int)random.Next() * unit;
    }
}

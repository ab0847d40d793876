namespace PSFineTune.Imaging;

/// <summary>
/// A picture squeezed into a small square, for comparisons: <see cref="Side"/> x <see cref="Side"/> levels of brightness, then
/// <see cref="ColorSide"/> x <see cref="ColorSide"/> of each of both colour differences (ITU-R BT.601, full range, 128 for gray).
/// </summary>
static class Thumbnail
{
    public const int Side = 32, ColorSide = 8, Luma = Side * Side, Color = ColorSide * ColorSide, Size = Luma + 2 * Color;

    /// <summary>Every cell is the mean of the pixels it covers, those at its edges by the part of them that it covers.</summary>
    /// <param name="picture">Of any size.</param>
    /// <param name="to"><see cref="Size"/> bytes.</param>
    public static void Fill(Picture picture, Span<byte> to)
    {
        var sums = new float[3 * Luma];
        Span<float> cells = stackalloc float[3 * Side];
        var (width, height) = (picture.Width, picture.Height);
        var (across, down) = (width / (double)Side, height / (double)Side);
        for (var y = 0; y < height; y++)
        {
            Squeeze(picture.Row(y), across, cells);
            for (var cell = (int)(y / down); cell < Side && cell * down < y + 1; cell++)
            {
                var share = (float)(Math.Min(y + 1, (cell + 1) * down) - Math.Max(y, cell * down));
                var row = sums.AsSpan(3 * Side * cell, 3 * Side);
                for (var i = 0; i < row.Length; i++) row[i] += share * cells[i];
            }
        }
        Write(sums, (float)(1 / (across * down)), to);
    }

    // Sums of R, G and B of each cell of a row.
    static void Squeeze(ReadOnlySpan<byte> row, double across, Span<float> cells)
    {
        var width = row.Length / 3;
        for (var cell = 0; cell < Side; cell++)
        {
            var (start, end) = (cell * across, Math.Min((cell + 1) * across, width));
            var (first, last) = ((int)start, Math.Min((int)end, width - 1));
            var (r, g, b) = (0, 0, 0);
            for (var x = 3 * (first + 1); x < 3 * last; x += 3)
            {
                r += row[x];
                g += row[x + 1];
                b += row[x + 2];
            }
            var head = (float)(Math.Min(first + 1, end) - start);
            var tail = last > first ? (float)(end - last) : 0;
            cells[3 * cell] = r + head * row[3 * first] + tail * row[3 * last];
            cells[3 * cell + 1] = g + head * row[3 * first + 1] + tail * row[3 * last + 1];
            cells[3 * cell + 2] = b + head * row[3 * first + 2] + tail * row[3 * last + 2];
        }
    }

    static void Write(float[] sums, float scale, Span<byte> to)
    {
        const int step = Side / ColorSide;
        Span<float> blue = stackalloc float[Color], red = stackalloc float[Color];
        for (var i = 0; i < Luma; i++)
        {
            var (r, g, b) = (scale * sums[3 * i], scale * sums[3 * i + 1], scale * sums[3 * i + 2]);
            var luma = 0.299f * r + 0.587f * g + 0.114f * b;
            to[i] = (byte)Math.Clamp(luma + 0.5f, 0, 255);
            var at = i / Side / step * ColorSide + i % Side / step;
            blue[at] += (b - luma) * (0.5f / 0.886f / (step * step));
            red[at] += (r - luma) * (0.5f / 0.701f / (step * step));
        }
        for (var i = 0; i < Color; i++)
        {
            to[Luma + i] = (byte)Math.Clamp(blue[i] + 128.5f, 0, 255);
            to[Luma + Color + i] = (byte)Math.Clamp(red[i] + 128.5f, 0, 255);
        }
    }
}

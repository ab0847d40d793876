using System.Numerics;
using System.Runtime.InteropServices;

namespace PSFineTune.Imaging;

/// <summary>
/// A picture squeezed into a small square, for comparisons: <see cref="Side"/> x <see cref="Side"/> levels of brightness, then
/// <see cref="ColorSide"/> x <see cref="ColorSide"/> of each of both colour differences (ITU-R BT.601, full range, 128 for gray).
/// </summary>
static class Thumbnail
{
    public const int Side = 32, ColorSide = 8, Luma = Side * Side, Color = ColorSide * ColorSide, Size = Luma + 2 * Color;

    // So many rows of bytes that their sums fit into 16 bits.
    const int RowsOfSum = 257;

    /// <summary>Every cell is the mean of the pixels it covers, those at its edges by the part of them that it covers.</summary>
    /// <param name="picture">Of any size.</param>
    /// <param name="to"><see cref="Size"/> bytes.</param>
    public static void Fill(Picture picture, Span<byte> to)
    {
        var cells = new float[3 * Luma];
        var (sums, whole) = (new float[3 * picture.Width], new ushort[3 * picture.Width]);
        var (across, down) = (picture.Width / (double)Side, picture.Height / (double)Side);
        for (var band = 0; band < Side; band++)
        {
            Array.Clear(sums);
            var (start, end, rows) = (band * down, Math.Min((band + 1) * down, picture.Height), 0);
            for (var y = (int)start; y < end; y++)
            {
                var share = Math.Min(y + 1, end) - Math.Max(y, start);
                if (share < 1 - 1e-9) AddPart(picture.Row(y), (float)share, sums);
                else
                {
                    AddWhole(picture.Row(y), whole);
                    if (++rows % RowsOfSum == 0) Flush(whole, sums);
                }
            }
            Flush(whole, sums);
            Squeeze(sums, across, cells.AsSpan(3 * Side * band, 3 * Side));
        }
        Write(cells, (float)(1 / (across * down)), to);
    }

    static void AddWhole(ReadOnlySpan<byte> row, Span<ushort> sums)
    {
        var done = 0;
        for (; done + Vector<byte>.Count <= row.Length; done += Vector<byte>.Count)
        {
            Vector.Widen(new Vector<byte>(row[done..]), out var low, out var high);
            var two = MemoryMarshal.Cast<ushort, Vector<ushort>>(sums.Slice(done, Vector<byte>.Count));
            two[0] += low;
            two[1] += high;
        }
        for (; done < row.Length; done++) sums[done] += row[done];
    }

    static void AddPart(ReadOnlySpan<byte> row, float share, Span<float> sums)
    {
        for (var i = 0; i < row.Length; i++) sums[i] += share * row[i];
    }

    static void Flush(Span<ushort> whole, Span<float> sums)
    {
        var done = 0;
        for (; done + Vector<ushort>.Count <= whole.Length; done += Vector<ushort>.Count)
        {
            Vector.Widen(new Vector<ushort>(whole[done..]), out var low, out var high);
            var two = MemoryMarshal.Cast<float, Vector<float>>(sums.Slice(done, Vector<ushort>.Count));
            two[0] += Vector.ConvertToSingle(Vector.AsVectorInt32(low));
            two[1] += Vector.ConvertToSingle(Vector.AsVectorInt32(high));
        }
        for (; done < whole.Length; done++) sums[done] += whole[done];
        whole.Clear();
    }

    // Sums of R, G and B of each cell of a band.
    static void Squeeze(ReadOnlySpan<float> band, double across, Span<float> cells)
    {
        var width = band.Length / 3;
        for (var cell = 0; cell < Side; cell++)
        {
            var (start, end) = (cell * across, Math.Min((cell + 1) * across, width));
            var (first, last) = ((int)start, Math.Min((int)end, width - 1));
            var head = (float)(Math.Min(first + 1, end) - start);
            var tail = last > first ? (float)(end - last) : 0;
            var (r, g, b) = (head * band[3 * first] + tail * band[3 * last], head * band[3 * first + 1] + tail * band[3 * last + 1], head * band[3 * first + 2] + tail * band[3 * last + 2]);
            for (var x = 3 * (first + 1); x < 3 * last; x += 3) (r, g, b) = (r + band[x], g + band[x + 1], b + band[x + 2]);
            (cells[3 * cell], cells[3 * cell + 1], cells[3 * cell + 2]) = (r, g, b);
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

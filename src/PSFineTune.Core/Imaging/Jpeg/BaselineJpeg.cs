namespace PSFineTune.Imaging;

/// <summary>
/// A part of a JPEG of the usual kind, with the very pixels that libjpeg makes of it: SkiaSharp's copy of that library does
/// without vectors, and takes twice the time.
/// </summary>
sealed class BaselineJpeg : IDisposable
{
    /// <summary>A larger part is left to the library, which holds no more than a few rows of samples.</summary>
    public const long MostPixels = 32_000_000;

    readonly JpegFrame _frame;
    readonly Window _part;
    readonly Window _units;
    readonly JpegPlane[] _planes;
    readonly ushort[] _sums;
    readonly byte[] _blue, _red;

    BaselineJpeg(JpegFrame frame, Window part, Window units)
    {
        (_frame, _part, _units) = (frame, part, units);
        _planes = [.. frame.Colors.Select(color => new JpegPlane(8 * color.Across * units.Width, 8 * color.Down * units.Height))];
        var width = _planes[0].Width + 2 * ChromaRow.Reach;
        (_sums, _blue, _red) = (new ushort[width], new byte[width], new byte[width]);
        if (_planes.Length == 3) return;
        Array.Fill(_blue, (byte)128);
        Array.Fill(_red, (byte)128);
    }

    /// <summary>Null where the file is of another kind or not as it should be; nothing is said of what follows the part.</summary>
    /// <param name="file">The file.</param>
    /// <param name="part">In stored pixels, inside the picture.</param>
    public static BaselineJpeg? Decode(ReadOnlySpan<byte> file, Window part)
    {
        const int fewest = 16;
        if (!BlockTransform.IsSupported || JpegFrame.Read(file) is not { } frame || frame.Width < fewest || !part.LiesIn(frame.Width, frame.Height) || (long)part.Width * part.Height > MostPixels) return null;

        var (width, height) = (8 * frame.Colors[0].Across, 8 * frame.Colors[0].Down);
        var (across, down) = ((frame.Width + width - 1) / width, (frame.Height + height - 1) / height);
        // With one more sample of chroma, two of luma, on each side.
        var (left, top) = (Math.Max(0, part.Left - 2) / width, Math.Max(0, part.Top - 2) / height);
        var (right, bottom) = (Math.Min(across, (part.Right + 1 + width) / width), Math.Min(down, (part.Bottom + 1 + height) / height));
        var decoded = new BaselineJpeg(frame, part, new(left, top, right - left, bottom - top));
        if (new JpegScan(file, frame).Read(decoded._units, across, down, decoded._planes)) return decoded;
        decoded.Dispose();
        return null;
    }

    /// <summary>A row of the part: four bytes a pixel, the last of them 0; as many again are written behind as Reach pixels have.</summary>
    public void Read(int row, Span<byte> to)
    {
        var (luma, y) = (_frame.Colors[0], _part.Top + row);
        var left = _part.Left - 8 * luma.Across * _units.Left;
        var samples = _planes[0].Row(y - 8 * luma.Down * _units.Top)[left..];
        if (_planes.Length == 1) ChromaRow.ToPixels(samples, _blue, _red, to, _part.Width);
        else if (luma.Across == 1) ChromaRow.ToPixels(samples, _planes[1].Row(y - 8 * _units.Top)[left..], _planes[2].Row(y - 8 * _units.Top)[left..], to, _part.Width);
        else
        {
            Smooth(_planes[1], y, _blue);
            Smooth(_planes[2], y, _red);
            ChromaRow.ToPixels(samples, _blue.AsSpan(left), _red.AsSpan(left), to, _part.Width);
        }
    }

    public void Dispose()
    {
        foreach (var plane in _planes) plane.Dispose();
    }

    /// <summary>Two samples for one along the row and, where there are half as many rows, from this row and the nearest.</summary>
    void Smooth(JpegPlane plane, int y, Span<byte> to)
    {
        var (halved, top) = (_frame.Colors[0].Down == 2, 8 * _units.Top);
        var sums = _sums.AsSpan(1);
        if (halved)
        {
            var last = (_frame.Height + 1) / 2 - 1;
            ChromaRow.Sum(plane.Row(y / 2 - top), plane.Row(Math.Clamp(y / 2 + (y % 2 == 0 ? -1 : 1), 0, last) - top), sums, plane.Width);
        }
        else ChromaRow.Widen(plane.Row(y - top), sums, plane.Width);

        // The outermost samples of the picture are their own neighbours.
        _sums[0] = sums[0];
        var end = Math.Min(plane.Width, (_frame.Width + 1) / 2 - 8 * _units.Left);
        sums[end] = sums[end - 1];
        ChromaRow.Double(_sums, to, plane.Width, halved ? 4 : 2);
    }
}

using System.Buffers;
using System.Runtime.InteropServices;

namespace PSFineTune.Imaging;

/// <summary>
/// The bytes of an image file whose header is read and whose size is within a budget: jpg, png, webp, bmp and gif (first
/// frame). Decodes all of it or a part, upright by its EXIF orientation, as RGB without colour management; alpha is dropped,
/// not blended. Not for two threads at a time.
/// </summary>
sealed class EncodedImage : IDisposable
{
    /// <summary>As many as a JPEG makes at a time: still in the processor's cache when they are packed.</summary>
    const int RowsAtOnce = 16;

    /// <summary>The decoder smooths the colours of three columns or more; each may stand for four of the picture.</summary>
    const int FewestColumns = 16;

    readonly byte[] _bytes;
    readonly ImageCodec _codec;
    readonly (int Width, int Height) _stored;
    readonly Upright _upright;

    EncodedImage(byte[] bytes, ImageCodec codec, int orientation)
    {
        (_bytes, _codec, _stored, _upright, Orientation) = (bytes, codec, codec.Size, Upright.Of(orientation), orientation);
        (Width, Height) = _upright.Size(_stored.Width, _stored.Height);
    }

    /// <summary>As seen, in pixels.</summary>
    public int Width { get; }

    /// <inheritdoc cref="Width"/>
    public int Height { get; }

    /// <summary>EXIF tag 274, 1 to 8.</summary>
    public int Orientation { get; }

    public EncodedFormat Format => _codec.Format;

    /// <summary>Whether a pixel of what was decoded is not opaque; its alpha is dropped.</summary>
    public bool IsTransparent { get; private set; }

    /// <summary>Reads the header; no memory is taken for pixels.</summary>
    /// <param name="bytes">The content of an image file; nobody may change it before the image is disposed.</param>
    /// <param name="name">What to call it in a fault.</param>
    /// <param name="budget">Null is the usual one.</param>
    /// <exception cref="FineTuneException">UndecodableImage, ImageTooLarge.</exception>
    public static EncodedImage Open(byte[] bytes, string name, DecodeBudget? budget = null)
    {
        if (bytes.Length == 0) throw Fault.UndecodableImage(name, "it is empty");
        if (ContainerEnd.Missing(bytes) is { } why) throw Fault.UndecodableImage(name, why);

        var codec = new ImageCodec(GifTransparency.Without(bytes), name);
        try
        {
            ImageCost.Check(codec, bytes, name, budget ?? DecodeBudget.Default);
            return new(bytes, codec, codec.Format == EncodedFormat.Png ? PngOrientation.Of(bytes) : codec.Orientation);
        }
        catch
        {
            codec.Dispose();
            throw;
        }
    }

    /// <summary>The whole picture.</summary>
    /// <exception cref="FineTuneException">UndecodableImage.</exception>
    public Picture Decode() => Decode(1).Part.Picture;

    /// <summary>All of the picture, no larger than needed.</summary>
    /// <inheritdoc cref="Decode(Window, double)"/>
    public DecodedImage Decode(double shrink) => new(Decode(new Window(0, 0, Width, Height), shrink), Width, Height);

    /// <summary>By how much a picture can be shrunk at most, 8 / n with n from 1 to 8, so that its shorter side keeps a length.</summary>
    /// <param name="length">Pixels.</param>
    /// <param name="size">Of the picture.</param>
    public static double ShrinkTo(int length, (int Width, int Height) size) => 8.0 / Eighths(Math.Min(size.Width, size.Height) / (double)length);

    /// <summary>
    /// A part of the picture, no larger than needed. At full size its pixels are exactly those of the whole picture; a JPEG is
    /// decoded at n / 8 of its size, n from 1 to 8, where that leaves the part as large as wanted.
    /// </summary>
    /// <param name="needed">In upright full-size pixels, inside the picture, not empty.</param>
    /// <param name="shrink">By how much the caller will shrink the part anyway, the smaller of both axes; 1 or less asks for full size.</param>
    /// <exception cref="FineTuneException">UndecodableImage. Damage beyond the part may go unseen, but not that the file ends too early.</exception>
    public PicturePart Decode(Window needed, double shrink)
    {
        if (!needed.LiesIn(Width, Height))
            throw new ArgumentOutOfRangeException(nameof(needed), needed, $"Not a part of {Width} x {Height} pixels.");

        var eighths = _codec.Format == EncodedFormat.Jpeg ? Eighths(shrink) : 8;
        var part = Scaled(_upright.Stored(needed, _stored.Width, _stored.Height), eighths);
        var step = 8.0 / eighths;
        var (x, y) = _upright.Seen((part.Left * step, part.Top * step, part.Width * step, part.Height * step), _stored);
        var (width, height) = _upright.Size(part.Width, part.Height);
        var picture = new Picture(width, height);
        try
        {
            if (_codec.Format != EncodedFormat.Jpeg) ReadWhole(part, picture);
            else if (eighths < 8 || !ReadBaseline(part, picture)) ReadRows(part, eighths, picture);
            return new(picture, x, y, step);
        }
        catch
        {
            picture.Dispose();
            throw;
        }
    }

    public void Dispose() => _codec.Dispose();

    // What a quotient such as 8 / (8 / 7.0) is too large by must not cost a size.
    static int Eighths(double shrink) => shrink > 1 ? Math.Clamp((int)Math.Ceiling(8 / shrink - 1e-9), 1, 8) : 8;

    /// <summary>Outwards to whole pixels of the scaled picture.</summary>
    static Window Scaled(Window window, int eighths)
    {
        var (left, top) = ((int)((long)window.Left * eighths / 8), (int)((long)window.Top * eighths / 8));
        return new(left, top, (int)(((long)window.Right * eighths + 7) / 8) - left, (int)(((long)window.Bottom * eighths + 7) / 8) - top);
    }

    /// <summary>Those to decode so that the part's are as in the whole picture: the outermost depend on a neighbour's colour, and very few are not smoothed.</summary>
    static (int Left, int Right) Columns(Window part, int width)
    {
        var right = Math.Min(part.Right + 1, width);
        var left = Math.Clamp(right - FewestColumns, 0, Math.Max(part.Left - 1, 0));
        return (left, Math.Clamp(left + FewestColumns, right, Math.Max(right, width)));
    }

    bool ReadBaseline(Window part, Picture to)
    {
        using var jpeg = BaselineJpeg.Decode(_bytes, part);
        if (jpeg is null) return false;

        var stride = 4 * (part.Width + ChromaRow.Reach);
        var rented = ArrayPool<byte>.Shared.Rent(RowsAtOnce * stride);
        for (var row = 0; row < part.Height; row += RowsAtOnce)
        {
            var count = Math.Min(RowsAtOnce, part.Height - row);
            for (var k = 0; k < count; k++) jpeg.Read(row + k, rented.AsSpan(k * stride, stride));
            _upright.Put(rented, stride, (row, count), to);
        }
        ArrayPool<byte>.Shared.Return(rented);
        return true;
    }

    void ReadRows(Window part, int eighths, Picture to)
    {
        var (left, right) = Columns(part, _codec.Scaled(eighths).Width);
        var stride = 4 * (right - left);
        var rented = ArrayPool<byte>.Shared.Rent(RowsAtOnce * stride);
        try
        {
            _codec.Start(eighths, left, right - left);
            _codec.Skip(part.Top);
            for (var row = 0; row < part.Height; row += RowsAtOnce)
            {
                var count = Math.Min(RowsAtOnce, part.Height - row);
                _codec.ReadRows(rented, count);
                _upright.Put(rented.AsSpan(4 * (part.Left - left)), stride, (row, count), to);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    // The last of a pixel's four bytes is its alpha, in memory.
    static bool HasClear(ReadOnlySpan<uint> pixels)
    {
        var opaque = BitConverter.IsLittleEndian ? 0xFF000000 : 0x000000FF;
        foreach (var pixel in pixels)
            if ((pixel & opaque) != opaque) return true;
        return false;
    }

    void ReadWhole(Window part, Picture to)
    {
        var stride = 4 * _stored.Width;
        var rented = ArrayPool<byte>.Shared.Rent(stride * _stored.Height);
        try
        {
            _codec.Read(rented);
            IsTransparent |= !_codec.IsOpaque && HasClear(MemoryMarshal.Cast<byte, uint>(rented.AsSpan(0, stride * _stored.Height)));
            for (var row = 0; row < part.Height; row += RowsAtOnce)
                _upright.Put(rented.AsSpan(stride * (part.Top + row) + 4 * part.Left), stride, (row, Math.Min(RowsAtOnce, part.Height - row)), to);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }
}

using System.Runtime.InteropServices;
using SkiaSharp;

namespace PSFineTune.Imaging;

/// <summary>The formats that are read.</summary>
enum EncodedFormat { Jpeg, Png, Webp, Bmp, Gif }

/// <summary>
/// SkiaSharp's decoder, the only file that knows of it. Pixels are four bytes: R, G, B and alpha, not premultiplied (a
/// transparent pixel keeps its colour), and no colour space is applied: the numbers in the file are those of the picture.
/// </summary>
sealed class ImageCodec : IDisposable
{
    readonly string _name;
    readonly GCHandle _pin;
    readonly SKData _data;
    readonly SKCodec _codec;
    SKImageInfo _started;

    /// <param name="bytes">Read where they are, not copied: nobody may change them before the codec is disposed.</param>
    /// <param name="name">What to call them in a fault.</param>
    /// <exception cref="FineTuneException">UndecodableImage.</exception>
    public ImageCodec(byte[] bytes, string name)
    {
        // Other formats that the library might know never reach it.
        Format = Sniffed(bytes) ?? throw Fault.UndecodableImage(name, "its content is none of the formats read");
        _name = name;
        _pin = GCHandle.Alloc(bytes, GCHandleType.Pinned);
        _data = SKData.Create(_pin.AddrOfPinnedObject(), bytes.Length);
        _codec = SKCodec.Create(_data);
        if (_codec is not null) return;
        Dispose();
        throw Fault.UndecodableImage(name, "its header is damaged");
    }

    public EncodedFormat Format { get; }

    /// <summary>As stored, in pixels; of a GIF the screen, of which the first frame may fill a part.</summary>
    public (int Width, int Height) Size => (_codec.Info.Width, _codec.Info.Height);

    /// <summary>EXIF tag 274, as far as the decoder reads it: not in PNG.</summary>
    public int Orientation => (int)_codec.EncodedOrigin;

    /// <summary>Whether no pixel can be clear.</summary>
    public bool IsOpaque => _codec.Info.AlphaType == SKAlphaType.Opaque;

    /// <summary>All pixels; 4 * width * height bytes.</summary>
    public unsafe void Read(Span<byte> to)
    {
        var info = IsOpaque ? Info(Size, SKAlphaType.Opaque) : Info(Size, SKAlphaType.Unpremul);
        fixed (byte* pixels = to[..info.BytesSize])
            Demand(_codec.GetPixels(info, (nint)pixels, info.RowBytes, new SKCodecOptions(SKZeroInitialized.No)));
    }

    /// <summary>The size of a JPEG that is decoded at so many eighths, 1 to 8: rounded up.</summary>
    public (int Width, int Height) Scaled(int eighths)
    {
        var size = _codec.GetScaledDimensions(eighths / 8f);
        return (size.Width, size.Height);
    }

    /// <summary>Begins to read a JPEG by rows, at so many eighths of its size.</summary>
    /// <param name="eighths">1 to 8.</param>
    /// <param name="x">The first column wanted, of the scaled picture.</param>
    /// <param name="width">Columns wanted; all of them are sure to be what they are in the whole picture but the first and the last, unless those end it.</param>
    public void Start(int eighths, int x, int width)
    {
        var scaled = Scaled(eighths);
        _started = Info((width, 1), SKAlphaType.Opaque);
        var whole = Info(scaled, SKAlphaType.Opaque);
        Demand(width == scaled.Width ? _codec.StartScanlineDecode(whole) : _codec.StartScanlineDecode(whole, new SKCodecOptions(new SKRectI(x, 0, x + width, scaled.Height))));
    }

    /// <summary>Passes over rows; cheaper than reading them.</summary>
    public void Skip(int rows)
    {
        if (rows > 0 && !_codec.SkipScanlines(rows)) Demand(SKCodecResult.IncompleteInput);
    }

    /// <summary>The next rows, 4 * the width that was started with bytes each.</summary>
    public unsafe void ReadRows(Span<byte> to, int rows)
    {
        fixed (byte* pixels = to[..(rows * _started.RowBytes)])
            if (_codec.GetScanlines((nint)pixels, rows, _started.RowBytes) < rows) Demand(SKCodecResult.IncompleteInput);
    }

    public void Dispose()
    {
        _codec?.Dispose();
        _data.Dispose();
        _pin.Free();
    }

    /// <summary>By the first bytes; null for none of those that are read.</summary>
    public static EncodedFormat? Sniffed(ReadOnlySpan<byte> file) =>
        JpegHeader.Begins(file) ? EncodedFormat.Jpeg
        : file is [0x89, (byte)'P', (byte)'N', (byte)'G', ..] ? EncodedFormat.Png
        : file.StartsWith("RIFF"u8) ? EncodedFormat.Webp
        : file.StartsWith("BM"u8) ? EncodedFormat.Bmp
        : file.StartsWith("GIF8"u8) ? EncodedFormat.Gif
        : null;

    static SKImageInfo Info((int Width, int Height) size, SKAlphaType alpha) => new(size.Width, size.Height, SKColorType.Rgba8888, alpha);

    void Demand(SKCodecResult result)
    {
        if (result == SKCodecResult.Success) return;
        throw Fault.UndecodableImage(_name, result is SKCodecResult.IncompleteInput ? "it ends too early" : $"its data is damaged ({result})");
    }
}

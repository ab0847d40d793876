using System.Buffers;
using SkiaSharp;

namespace PSFineTune.Imaging;

/// <summary>Image files to pictures: jpg, png, webp, bmp and gif (first frame). The only file that knows how they are decoded.</summary>
static class ImageFile
{
    /// <summary>More pixels than any camera takes; a file that claims more is a mistake or an attack.</summary>
    public const long PixelLimit = 200_000_000;

    static readonly SKEncodedImageFormat[] s_formats =
        [SKEncodedImageFormat.Jpeg, SKEncodedImageFormat.Png, SKEncodedImageFormat.Webp, SKEncodedImageFormat.Bmp, SKEncodedImageFormat.Gif];

    /// <summary>The whole picture, upright by its EXIF orientation, as RGB without colour management; alpha is dropped, not blended.</summary>
    /// <exception cref="FineTuneException">UndecodableImage, ImageTooLarge, UnreadableImage.</exception>
    public static Picture Decode(string path)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw Fault.UnreadableImage(path, wrong);
        }
        return Decode(bytes, path);
    }

    /// <inheritdoc cref="Decode(string)"/>
    /// <param name="bytes">The content of an image file; left as it is.</param>
    /// <param name="name">What to call it in a fault.</param>
    public static Picture Decode(byte[] bytes, string name)
    {
        if (bytes.Length == 0) throw Fault.UndecodableImage(name, "it is empty");
        if (ContainerEnd.Missing(bytes) is { } why) throw Fault.UndecodableImage(name, why);

        using var data = SKData.CreateCopy(GifTransparency.Without(bytes));
        using var codec = SKCodec.Create(data);
        if (codec is null) throw Fault.UndecodableImage(name, "its content is no image, or a damaged one");
        if (!s_formats.Contains(codec.EncodedFormat)) throw Fault.UndecodableImage(name, $"{codec.EncodedFormat} is not among the formats read");

        var (width, height) = (codec.Info.Width, codec.Info.Height);
        if (width <= 0 || height <= 0) throw Fault.UndecodableImage(name, $"it is {width} x {height} pixels");
        if ((long)width * height > PixelLimit) throw Fault.ImageTooLarge(name, width, height, PixelLimit);

        var rented = ArrayPool<byte>.Shared.Rent(4 * width * height);
        try
        {
            Read(codec, rented, name);
            var orientation = codec.EncodedFormat == SKEncodedImageFormat.Png ? PngOrientation.Of(bytes) : (int)codec.EncodedOrigin;
            return Upright.From(rented.AsSpan(0, 4 * width * height), width, height, orientation);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <summary>Fills the buffer with R, G, B, alpha, not premultiplied: a transparent pixel keeps its colour.</summary>
    static unsafe void Read(SKCodec codec, byte[] buffer, string name)
    {
        // No colour space: the numbers in the file are the numbers of the picture.
        var alpha = codec.Info.AlphaType == SKAlphaType.Opaque ? SKAlphaType.Opaque : SKAlphaType.Unpremul;
        var info = new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, alpha);
        fixed (byte* pixels = buffer)
        {
            var result = codec.GetPixels(info, (nint)pixels, info.RowBytes, new SKCodecOptions(SKZeroInitialized.No));
            if (result == SKCodecResult.Success) return;
            throw Fault.UndecodableImage(name, result is SKCodecResult.IncompleteInput ? "it ends too early" : $"its data is damaged ({result})");
        }
    }
}

using System.Buffers;
using SkiaSharp;

namespace PSFineTune.Imaging;

/// <summary>The formats that pictures are written in.</summary>
enum ImageFormat { Png, Jpeg, Webp }

/// <summary>Pictures to image files.</summary>
static class ImageWriter
{
    /// <summary>The format a file's ending names, or null.</summary>
    public static ImageFormat? FormatOf(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".png" => ImageFormat.Png,
        ".jpg" or ".jpeg" => ImageFormat.Jpeg,
        ".webp" => ImageFormat.Webp,
        _ => null,
    };

    /// <summary>The file's bytes.</summary>
    /// <param name="picture">Left as it is.</param>
    /// <param name="format">PNG is lossless; quality does not matter to it.</param>
    /// <param name="quality">1 to 100; for WebP 100 is lossless.</param>
    /// <exception cref="FineTuneException">UnencodableImage, where a side is more than the format holds.</exception>
    public static unsafe byte[] Encode(Picture picture, ImageFormat format, int quality = 92)
    {
        var (width, height) = (picture.Width, picture.Height);
        var rented = ArrayPool<byte>.Shared.Rent(checked(4 * width * height));
        try
        {
            Widen(picture.Pixels, rented);
            fixed (byte* pixels = rented)
            {
                using var map = new SKPixmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque), (nint)pixels);
                using var data = format switch
                {
                    ImageFormat.Png => map.Encode(SKPngEncoderOptions.Default),
                    ImageFormat.Jpeg => map.Encode(new SKJpegEncoderOptions(quality)),
                    _ => map.Encode(new SKWebpEncoderOptions(quality == 100 ? SKWebpEncoderCompression.Lossless : SKWebpEncoderCompression.Lossy, quality)),
                };
                return data?.ToArray() ?? throw Fault.UnencodableImage(format.ToString(), width, height);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <exception cref="FineTuneException">CannotWrite, UnencodableImage.</exception>
    public static void Save(Picture picture, string path, ImageFormat format, int quality = 92)
    {
        var bytes = Encode(picture, format, quality);
        DurableFile.Write(path, stream => stream.Write(bytes));
    }

    static void Widen(ReadOnlySpan<byte> three, Span<byte> four)
    {
        for (int from = 0, to = 0; from < three.Length; from += 3, to += 4)
        {
            three.Slice(from, 3).CopyTo(four[to..]);
            four[to + 3] = 255;
        }
    }
}

using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using PSFineTune.Imaging;

namespace PSFineTune.Audit;

/// <summary>What reading, hashing and decoding one image file has told.</summary>
/// <param name="Bytes">Of the file.</param>
/// <param name="Width">As seen, pixels.</param>
/// <param name="Height">As seen, pixels.</param>
/// <param name="Format">By its content.</param>
/// <param name="Orientation">EXIF tag 274, 1 to 8.</param>
/// <param name="Traits">Of the header.</param>
/// <param name="IsTransparent">Some pixel is not opaque.</param>
/// <param name="Contrast">Standard deviation of the brightness of the thumbnail, levels.</param>
/// <param name="Tint">The same of its colours.</param>
/// <param name="Content">The first 16 bytes of the SHA-256 of the file.</param>
/// <param name="Pixels">Of the decoded pixels and the size.</param>
readonly record struct ImageGlance(
    long Bytes, int Width, int Height, EncodedFormat Format, int Orientation, ImageTraits Traits, bool IsTransparent, float Contrast, float Tint, (ulong, ulong) Content, (ulong, ulong) Pixels)
{
    /// <summary>Everything about a file, its thumbnail included.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="thumbnail">Is filled; <see cref="Thumbnail.Size"/> bytes.</param>
    /// <exception cref="FineTuneException">The file cannot be read, or not be decoded to its end.</exception>
    public static ImageGlance At(string path, Span<byte> thumbnail)
    {
        var bytes = ImageFile.Read(path);
        using var image = EncodedImage.Open(bytes, path);
        using var picture = image.Decode();
        Thumbnail.Fill(picture, thumbnail);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        var traits = HeaderTraits.Of(bytes, image.Format);
        return new(bytes.Length, image.Width, image.Height, image.Format, image.Orientation, traits,
            image.IsTransparent || (image.Format == EncodedFormat.Gif && traits.HasFlag(ImageTraits.Alpha)), ContrastOf(thumbnail[..Thumbnail.Luma]),
            Math.Max(ContrastOf(thumbnail.Slice(Thumbnail.Luma, Thumbnail.Color)), ContrastOf(thumbnail[(Thumbnail.Luma + Thumbnail.Color)..])),
            (BinaryPrimitives.ReadUInt64LittleEndian(hash), BinaryPrimitives.ReadUInt64LittleEndian(hash[8..])), PixelHash(picture));
    }

    static float ContrastOf(ReadOnlySpan<byte> luma)
    {
        var (sum, squares) = (0L, 0L);
        foreach (var level in luma) (sum, squares) = (sum + level, squares + level * level);
        return MathF.Sqrt(Math.Max(0, squares / (float)luma.Length - MathF.Pow(sum / (float)luma.Length, 2)));
    }

    // Two lanes of multiply and rotate: no defence against whoever makes pictures to collide, and never met by chance.
    static (ulong, ulong) PixelHash(Picture picture)
    {
        const ulong one = 0x9E3779B185EBCA87, two = 0xC2B2AE3D27D4EB4F;
        var (low, high) = ((ulong)picture.Width * one, (ulong)picture.Height * two);
        ReadOnlySpan<byte> pixels = picture.Pixels;
        for (; pixels.Length >= 16; pixels = pixels[16..])
        {
            low = BitOperations.RotateLeft(low ^ BinaryPrimitives.ReadUInt64LittleEndian(pixels) * one, 31) * two;
            high = BitOperations.RotateLeft(high ^ BinaryPrimitives.ReadUInt64LittleEndian(pixels[8..]) * two, 29) * one;
        }
        foreach (var level in pixels) (low, high) = (BitOperations.RotateLeft(low ^ level * one, 11) * two, high + low);
        return (low ^ high >> 32, high ^ low >> 29);
    }
}

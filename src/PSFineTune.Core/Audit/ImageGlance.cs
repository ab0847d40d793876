using System.Buffers.Binary;
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

    // Four lanes of products folded in half (as in Wang Yi's wyhash): no defence against whoever makes pictures to collide, and never met by chance.
    static (ulong, ulong) PixelHash(Picture picture)
    {
        const ulong one = 0x9E3779B185EBCA87, two = 0xC2B2AE3D27D4EB4F;
        var (first, second, third, fourth) = ((ulong)picture.Width * one, (ulong)picture.Height * two, one, two);
        ReadOnlySpan<byte> pixels = picture.Pixels;
        for (; pixels.Length >= 64; pixels = pixels[64..])
        {
            first = Folded(Word(pixels) ^ one, Word(pixels[8..]) ^ first);
            second = Folded(Word(pixels[16..]) ^ two, Word(pixels[24..]) ^ second);
            third = Folded(Word(pixels[32..]) ^ one, Word(pixels[40..]) ^ third);
            fourth = Folded(Word(pixels[48..]) ^ two, Word(pixels[56..]) ^ fourth);
        }
        foreach (var level in pixels) (first, second) = (Folded(first ^ level, one), second + first);
        return (Folded(first ^ one, second ^ two), Folded(third ^ one, fourth ^ two));
    }

    static ulong Word(ReadOnlySpan<byte> pixels) => BinaryPrimitives.ReadUInt64LittleEndian(pixels);

    static ulong Folded(ulong one, ulong other) => Math.BigMul(one, other, out var low) ^ low;
}

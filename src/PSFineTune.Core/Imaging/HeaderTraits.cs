using System.Buffers.Binary;

namespace PSFineTune.Imaging;

/// <summary>What is unusual in how a file stores its pixels.</summary>
[Flags]
enum ImageTraits : byte
{
    None = 0,

    /// <summary>One channel of brightness.</summary>
    Gray = 1,

    /// <summary>Four channels of ink.</summary>
    Cmyk = 2,

    /// <summary>More than 8 bits a channel.</summary>
    Deep = 4,

    /// <summary>More than one frame.</summary>
    Animated = 8,

    /// <summary>The header allows clear pixels.</summary>
    Alpha = 16,
}

/// <summary>Reads the traits off the headers: ITU-T T.81, PNG third edition, GIF89a and the WebP container.</summary>
static class HeaderTraits
{
    /// <param name="file">Whose beginning is that of the format; whatever follows.</param>
    /// <param name="format">By its first bytes.</param>
    public static ImageTraits Of(ReadOnlySpan<byte> file, EncodedFormat format) => format switch
    {
        EncodedFormat.Jpeg => JpegHeader.Of(file).Components switch { 1 => ImageTraits.Gray, 4 => ImageTraits.Cmyk, _ => ImageTraits.None },
        EncodedFormat.Png => OfPng(file),
        EncodedFormat.Gif => OfGif(file),
        EncodedFormat.Webp => OfWebp(file),
        _ => ImageTraits.None,
    };

    static ImageTraits OfPng(ReadOnlySpan<byte> file)
    {
        const int depth = 24, color = 25, chunks = 33;
        if (file.Length < chunks) return ImageTraits.None;
        var traits = (file[depth] == 16 ? ImageTraits.Deep : 0) | (file[color] is 0 or 4 ? ImageTraits.Gray : 0) | (file[color] is 4 or 6 ? ImageTraits.Alpha : 0);
        for (var at = chunks; at + 12 <= file.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(file[at..]);
            var name = file.Slice(at + 4, 4);
            if (name.SequenceEqual("IDAT"u8) || length > file.Length - at - 12) break;
            if (name.SequenceEqual("acTL"u8)) traits |= ImageTraits.Animated;
            if (name.SequenceEqual("tRNS"u8)) traits |= ImageTraits.Alpha;
            at += 12 + (int)length;
        }
        return traits;
    }

    static ImageTraits OfWebp(ReadOnlySpan<byte> file)
    {
        const int name = 12, flags = 20, lossless = 21;
        if (file.Length < lossless + 4) return ImageTraits.None;
        if (file[name..].StartsWith("VP8X"u8)) return ((file[flags] & 0x02) != 0 ? ImageTraits.Animated : 0) | ((file[flags] & 0x10) != 0 ? ImageTraits.Alpha : 0);
        return file[name..].StartsWith("VP8L"u8) && (BinaryPrimitives.ReadUInt32LittleEndian(file[lossless..]) & 1 << 28) != 0 ? ImageTraits.Alpha : ImageTraits.None;
    }

    static ImageTraits OfGif(ReadOnlySpan<byte> file)
    {
        const int extension = 0x21, control = 0xF9, frame = 0x2C;
        var (traits, frames, at) = (ImageTraits.None, 0, file.Length < 13 ? file.Length : 13 + ColorsAt(file, 10));
        while (at + 10 < file.Length && frames < 2)
            if (file[at] == extension)
            {
                if (frames == 0 && file[at + 1] == control && (file[at + 3] & 1) != 0) traits |= ImageTraits.Alpha;
                at = AfterBlocks(file, at + 2);
            }
            else if (file[at] == frame)
            {
                frames++;
                at = AfterBlocks(file, at + 11 + ColorsAt(file, at + 9));
            }
            else break;
        return frames > 1 ? traits | ImageTraits.Animated : traits;
    }

    // Bytes of the table that a packed field announces.
    static int ColorsAt(ReadOnlySpan<byte> file, int packed) => (file[packed] & 0x80) != 0 ? 3 << ((file[packed] & 7) + 1) : 0;

    static int AfterBlocks(ReadOnlySpan<byte> file, int at)
    {
        while (at < file.Length && file[at] != 0) at += file[at] + 1;
        return at + 1;
    }
}

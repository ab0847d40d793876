using System.Buffers.Binary;

namespace PSFineTune.Imaging;

/// <summary>The EXIF orientation of a PNG, which its decoder does not read (PNG third edition, section 11.3.4.5: eXIf).</summary>
static class PngOrientation
{
    const ushort Orientation = 274;

    /// <summary>1 to 8; 1 where the file says nothing or is no PNG.</summary>
    public static int Of(ReadOnlySpan<byte> file)
    {
        if (file is not [0x89, (byte)'P', (byte)'N', (byte)'G', ..]) return 1;
        for (var at = 8; at + 12 <= file.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(file[at..]);
            if (length > file.Length - at - 12) return 1;
            if (file.Slice(at + 4, 4).SequenceEqual("eXIf"u8)) return InTiff(file.Slice(at + 8, (int)length));
            at += 12 + (int)length;
        }
        return 1;
    }

    static int InTiff(ReadOnlySpan<byte> tiff)
    {
        if (tiff.Length < 8) return 1;
        var little = tiff[0] == 'I';
        var at = little ? BinaryPrimitives.ReadUInt32LittleEndian(tiff[4..]) : BinaryPrimitives.ReadUInt32BigEndian(tiff[4..]);
        if (at > tiff.Length - 2) return 1;

        var entries = Short(tiff[(int)at..], little);
        for (var entry = (int)at + 2; entries-- > 0 && entry + 12 <= tiff.Length; entry += 12)
            if (Short(tiff[entry..], little) == Orientation) return Short(tiff[(entry + 8)..], little);
        return 1;
    }

    static ushort Short(ReadOnlySpan<byte> bytes, bool little) =>
        little ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);
}

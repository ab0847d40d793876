using System.Buffers.Binary;

namespace PSFineTune.Imaging;

/// <summary>Whether a file goes on to the end that its format marks: decoders draw what they have of a progressive JPEG and do not say so.</summary>
static class ContainerEnd
{
    /// <summary>What is missing, or null where nothing is or the format marks no end. Of a GIF only the first frame is used, so its end is left to the decoder.</summary>
    public static string? Missing(ReadOnlySpan<byte> file)
    {
        var whole = file switch
        {
            // An end mark before the first scan belongs to a thumbnail.
            [0xFF, 0xD8, 0xFF, ..] => file.LastIndexOf((ReadOnlySpan<byte>)[0xFF, 0xD9]) > JpegHeader.Of(file).FirstScan,
            [0x89, (byte)'P', (byte)'N', (byte)'G', ..] => file.LastIndexOf("IEND"u8) is > 0 and var at && at + 8 <= file.Length,
            [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, ..] => file.Length - 8L >= BinaryPrimitives.ReadUInt32LittleEndian(file[4..]),
            _ => true,
        };
        return whole ? null : "it ends too early";
    }
}

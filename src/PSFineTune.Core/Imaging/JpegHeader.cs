using System.Buffers.Binary;

namespace PSFineTune.Imaging;

/// <summary>What a JPEG says before its first scan (ITU-T T.81, annex B).</summary>
/// <param name="FirstScan">Where the first scan's marker is, or should be; may lie beyond the end of the file.</param>
/// <param name="Components">Colours, 1 to 4 in the files that are read; 0 where the file does not say.</param>
/// <param name="Buffered">Whether a decoder must hold all coefficients: every scan brings but a part of what the first pixel needs.</param>
readonly record struct JpegHeader(int FirstScan, int Components, bool Buffered)
{
    const byte Mark = 0xFF, StartOfScan = 0xDA, Progressive = 0xC2;

    /// <summary>More pixels than these by byte of file cannot be: every block of 8 x 8 takes at least one bit.</summary>
    const int PixelsOfByte = 8 * 64;

    public static bool Begins(ReadOnlySpan<byte> file) => file is [Mark, 0xD8, Mark, ..];

    /// <param name="jpeg">A file that begins as a JPEG; whatever follows.</param>
    public static JpegHeader Of(ReadOnlySpan<byte> jpeg)
    {
        var (at, components, progressive) = (2, 0, false);
        for (; at + 4 <= jpeg.Length && jpeg[at] == Mark && jpeg[at + 1] != StartOfScan; at += SegmentLength(jpeg[at..]))
        {
            if (!IsFrame(jpeg[at + 1]) || at + 10 > jpeg.Length) continue;
            components = jpeg[at + 9];
            progressive = jpeg[at + 1] == Progressive;
        }
        var inFirstScan = at + 4 < jpeg.Length ? jpeg[at + 4] : 0;
        return new(at, components, progressive || inFirstScan < components);
    }

    /// <summary>Why no whole picture of that size can come of the file, or null.</summary>
    public static string? Implausible(ReadOnlySpan<byte> jpeg, int width, int height, DecodeBudget budget)
    {
        if ((long)width * height > (long)jpeg.Length * PixelsOfByte) return $"{jpeg.Length} bytes are too few for the {width} x {height} pixels it claims";
        // In the data of a scan 0xFF is followed by 0 or a mark, so whatever reads as one is one.
        var scans = jpeg.Count((ReadOnlySpan<byte>)[Mark, StartOfScan]);
        return scans > budget.Scans ? $"it has {scans} scans, more than {budget.Scans}" : null;
    }

    /// <summary>With its marker; a marker may be preceded by any number of filling bytes.</summary>
    static int SegmentLength(ReadOnlySpan<byte> segment) => segment[1] == Mark ? 1 : 2 + BinaryPrimitives.ReadUInt16BigEndian(segment[2..]);

    // SOF0 to SOF15, less the three codes among them that are tables and extensions.
    static bool IsFrame(byte marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);
}

namespace PSFineTune.Imaging;

/// <summary>A transparent pixel of a GIF has a colour in the palette; a decoder that knows of the transparency forgets that colour.</summary>
static class GifTransparency
{
    const int GlobalTable = 0x80, Extension = 0x21, GraphicControl = 0xF9, Transparent = 0x01;

    /// <summary>The same file, or for a GIF whose first frame names a transparent colour a copy that names none (GIF89a, section 23).</summary>
    public static byte[] Without(byte[] file)
    {
        if (!file.AsSpan().StartsWith("GIF8"u8) || file.Length < 13) return file;

        // Signature, version and screen descriptor, then the colours that all frames share.
        var at = 13 + ((file[10] & GlobalTable) != 0 ? 3 << ((file[10] & 7) + 1) : 0);
        while (at + 4 < file.Length && file[at] == Extension)
        {
            if (file[at + 1] == GraphicControl && (file[at + 3] & Transparent) != 0)
            {
                file = [.. file];
                file[at + 3] &= unchecked((byte)~Transparent);
            }
            for (at += 2; at < file.Length && file[at] != 0; at += file[at] + 1) { }
            at++;
        }
        return file;
    }
}

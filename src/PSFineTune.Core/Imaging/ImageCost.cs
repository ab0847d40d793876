namespace PSFineTune.Imaging;

/// <summary>What decoding takes, by what a file's header says.</summary>
static class ImageCost
{
    /// <exception cref="FineTuneException">UndecodableImage, ImageTooLarge.</exception>
    public static void Check(ImageCodec codec, ReadOnlySpan<byte> file, string name, DecodeBudget budget)
    {
        var (width, height) = codec.Size;
        if (width <= 0 || height <= 0) throw Fault.UndecodableImage(name, $"it is {width} x {height} pixels");
        if ((long)width * height > budget.Pixels) throw Fault.ImageTooLarge(name, width, height, budget.Pixels);

        var pixels = (long)width * height;
        var bytes = pixels * BytesOfPixel(codec.Format, file, pixels);
        if (bytes > budget.Bytes) throw Fault.ImageTakesTooMuch(name, (width, height), bytes, budget.Bytes);
        if (codec.Format == EncodedFormat.Jpeg && JpegHeader.Implausible(file, width, height, budget) is { } why) throw Fault.UndecodableImage(name, why);
    }

    /// <summary>Held at a time: three for the picture, four for what it is packed from (a JPEG is packed by rows), and what the decoder keeps of its own.</summary>
    static int BytesOfPixel(EncodedFormat format, ReadOnlySpan<byte> file, long pixels)
    {
        const int picture = 3, decoded = 4, interlacing = 28;
        return format switch
        {
            EncodedFormat.Jpeg => picture + (JpegHeader.Of(file) is { Buffered: true, Components: var colors } ? 2 * colors : pixels <= BaselineJpeg.MostPixels ? 3 : 0),
            // A row's pass writes what later passes fill up, at the file's own depth: at most 16 bits of four channels.
            EncodedFormat.Png => picture + decoded + (file.Length > interlacing && file[interlacing] != 0 ? 8 : 0),
            EncodedFormat.Bmp => picture + decoded,
            _ => picture + decoded + 4,
        };
    }
}

namespace PSFineTune.Imaging;

/// <summary>What one picture may cost. More is refused by what the file's header says, before any of it is spent.</summary>
/// <param name="Pixels">Width times height.</param>
/// <param name="Bytes">Of the file, and of the memory that decoding all of it takes at a time: the picture and what the decoder holds of it.</param>
/// <param name="Scans">Of a JPEG. Each is a pass over the whole picture, however few bytes it has; cameras and editors write about ten.</param>
sealed record DecodeBudget(long Pixels = ImageFile.PixelLimit, long Bytes = 1L << 30, int Scans = 500)
{
    public static DecodeBudget Default { get; } = new();
}

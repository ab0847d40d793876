namespace PSFineTune.Imaging;

/// <summary>Image files to pictures: jpg, png, webp, bmp and gif (first frame).</summary>
static class ImageFile
{
    /// <summary>More pixels than any camera takes; a file that claims more is a mistake or an attack.</summary>
    public const long PixelLimit = 200_000_000;

    /// <summary>The whole picture, upright by its EXIF orientation, as RGB without colour management; alpha is dropped, not blended.</summary>
    /// <exception cref="FineTuneException">UndecodableImage, ImageTooLarge, UnreadableImage.</exception>
    public static Picture Decode(string path) => Decode(Read(path), path);

    /// <inheritdoc cref="Decode(string)"/>
    /// <param name="bytes">The content of an image file; left as it is.</param>
    /// <param name="name">What to call it in a fault.</param>
    public static Picture Decode(byte[] bytes, string name)
    {
        using var image = EncodedImage.Open(bytes, name);
        return image.Decode();
    }

    /// <summary>The bytes of an image file, for <see cref="EncodedImage.Open"/>.</summary>
    /// <exception cref="FineTuneException">ImageTooLarge, UnreadableImage.</exception>
    public static byte[] Read(string path, DecodeBudget? budget = null)
    {
        var most = (budget ?? DecodeBudget.Default).Bytes;
        try
        {
            var length = new FileInfo(path).Length;
            return length <= most ? File.ReadAllBytes(path) : throw Fault.ImageFileTooLarge(path, length, most);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw Fault.UnreadableImage(path, wrong);
        }
    }
}

namespace PSFineTune.Imaging;

/// <summary>All of a decoded image, as large as it is or shrunk. Disposing it disposes the pixels.</summary>
/// <param name="Part">The pixels; all of the image lies in them.</param>
/// <param name="Width">Of the image in full size, upright.</param>
/// <param name="Height">As width.</param>
sealed record DecodedImage(PicturePart Part, int Width, int Height) : IDisposable
{
    /// <summary>An image in full size.</summary>
    public static DecodedImage Of(Picture picture) => new(new(picture, 0, 0, 1), picture.Width, picture.Height);

    public void Dispose() => Part.Picture.Dispose();
}

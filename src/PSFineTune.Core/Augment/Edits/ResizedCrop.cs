using PSFineTune.Imaging;
using PSFineTune.Models;

namespace PSFineTune.Augment.Edits;

/// <summary>Cuts out a rectangle inside the image and resizes it; bilinear and bicubic are antialiased.</summary>
public sealed record ResizedCrop : Edit
{
    /// <summary>Pixels from the image's left side.</summary>
    public int Left { get; init; }

    /// <summary>Pixels from the image's top.</summary>
    public int Top { get; init; }

    /// <summary>Of the rectangle, pixels.</summary>
    public int Width { get; init; } = 1;

    /// <summary>Of the rectangle, pixels.</summary>
    public int Height { get; init; } = 1;

    /// <summary>Of the result, pixels.</summary>
    public int ToWidth { get; init; } = 1;

    /// <summary>Of the result, pixels.</summary>
    public int ToHeight { get; init; } = 1;

    public Interpolation Interpolation { get; init; }

    internal override (int Width, int Height) SizeAfter(int width, int height) => (ToWidth, ToHeight);

    internal override Picture Apply(Picture picture)
    {
        if ((Left, Top, Width, Height) == (0, 0, picture.Width, picture.Height) && (Width, Height) == (ToWidth, ToHeight)) return picture;
        if (Left < 0 || Top < 0 || Width < 1 || Height < 1 || Left > picture.Width - Width || Top > picture.Height - Height) throw Fault.EditDoesNotFit(this, picture.Width, picture.Height);
        if ((long)ToWidth * ToHeight > ImageFile.PixelLimit) throw Fault.ResizedTooLarge(picture.Width, picture.Height, ToWidth, ToHeight);
        using (picture) return Resampler.Resample(picture, new(Left, Top, Width, Height), ToWidth, ToHeight, Interpolation);
    }
}

using PSFineTune.Imaging;

namespace PSFineTune.Augment.Edits;

/// <summary>Blends with the smoothed image: factor 0 is smooth, 1 changes nothing, 2 is sharper. An image with a side of 2 pixels or less stays.</summary>
public sealed record AdjustSharpness : Edit
{
    /// <summary>0 or more.</summary>
    public double Factor { get; init; } = 1;

    internal override Picture Apply(Picture picture)
    {
        if (picture.Width <= 2 || picture.Height <= 2 || Factor == 1) return picture;
        using (picture) return Sharpness.Adjust(picture, Factor);
    }
}

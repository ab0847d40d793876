using PSFineTune.Imaging;

namespace PSFineTune.Augment.Edits;

/// <summary>Blends with each pixel's gray: factor 0 is a gray image, 1 changes nothing.</summary>
public sealed record AdjustSaturation : Edit
{
    /// <summary>0 or more.</summary>
    public double Factor { get; init; } = 1;

    internal override Picture Apply(Picture picture)
    {
        PixelBlock.ForEach(picture, new BlendWithGray(Factor));
        return picture;
    }
}

using PSFineTune.Imaging;

namespace PSFineTune.Augment.Edits;

/// <summary>Blends with the image's mean gray: factor 0 is that gray, 1 changes nothing.</summary>
public sealed record AdjustContrast : Edit
{
    /// <summary>0 or more.</summary>
    public double Factor { get; init; } = 1;

    internal override Picture Apply(Picture picture)
    {
        PixelBlock.ForEach(picture, new BlendWithOne(Factor, (float)PixelBlock.MeanGray(picture)));
        return picture;
    }
}

using PSFineTune.Imaging;

namespace PSFineTune.Augment.Edits;

/// <summary>Blends with each pixel's gray: factor 0 is a gray image, 1 changes nothing.</summary>
public sealed record AdjustSaturation : ColorEdit
{
    /// <summary>0 or more.</summary>
    public double Factor { get; init; } = 1;

    internal override ColorPass Pass(Surveyed seen) => ColorPass.Of(new BlendWithGray(Factor));
}

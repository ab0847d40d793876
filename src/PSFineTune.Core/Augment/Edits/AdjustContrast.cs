using PSFineTune.Imaging;

namespace PSFineTune.Augment.Edits;

/// <summary>Blends with the image's mean gray: factor 0 is that gray, 1 changes nothing.</summary>
public sealed record AdjustContrast : ColorEdit
{
    /// <summary>0 or more.</summary>
    public double Factor { get; init; } = 1;

    internal override Survey Needs => Survey.MeanGray;

    internal override ColorPass Pass(Surveyed seen) => ColorPass.Of(new BlendWithOne(Factor, (float)seen.MeanGray));
}

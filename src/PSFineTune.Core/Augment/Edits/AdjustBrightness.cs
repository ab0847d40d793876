using PSFineTune.Imaging;

namespace PSFineTune.Augment.Edits;

/// <summary>Blends with black: factor 0 is black, 1 changes nothing, 2 is twice as bright.</summary>
public sealed record AdjustBrightness : ColorEdit
{
    /// <summary>0 or more.</summary>
    public double Factor { get; init; } = 1;

    internal override ColorPass Pass(Surveyed seen) => ColorPass.Of(new BlendWithOne(Factor, 0));
}

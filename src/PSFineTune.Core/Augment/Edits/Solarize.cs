using PSFineTune.Imaging;

namespace PSFineTune.Augment.Edits;

/// <summary>Inverts the values that are not below the threshold, channel by channel.</summary>
public sealed record Solarize : ColorEdit
{
    /// <summary>0 to 255; 256 changes nothing.</summary>
    public double Threshold { get; init; } = 256;

    internal override ColorPass Pass(Surveyed seen) => ColorPass.Of(new InvertFrom(Threshold));
}

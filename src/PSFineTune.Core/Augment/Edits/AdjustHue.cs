using PSFineTune.Imaging;

namespace PSFineTune.Augment.Edits;

/// <summary>Turns the hue of every pixel on the colour circle.</summary>
public sealed record AdjustHue : ColorEdit
{
    /// <summary>Part of the full circle, -0.5 to 0.5; 0 changes nothing.</summary>
    public double Factor { get; init; }

    internal override ColorPass Pass(Surveyed seen) => ColorPass.Of(new TurnHue(Factor));
}

using PSFineTune.Imaging;

namespace PSFineTune.Augment.Edits;

/// <summary>The negative: 255 - value.</summary>
public sealed record Invert : ColorEdit
{
    internal override ColorPass Pass(Surveyed seen) => ColorPass.Of(new InvertFrom(0));
}

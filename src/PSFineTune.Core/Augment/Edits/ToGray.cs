using PSFineTune.Imaging;

namespace PSFineTune.Augment.Edits;

/// <summary>Makes all three channels the pixel's gray: 0.2989 R + 0.587 G + 0.114 B, cut to a whole number.</summary>
public sealed record ToGray : ColorEdit
{
    internal override ColorPass Pass(Surveyed seen) => ColorPass.Of(new OnlyGray());
}

using PSFineTune.Imaging;

namespace PSFineTune.Augment.Edits;

/// <summary>Keeps the upper bits of every value and makes the others 0.</summary>
public sealed record Posterize : ColorEdit
{
    /// <summary>0, which is black, to 8, which changes nothing.</summary>
    public int Bits { get; init; } = 8;

    internal override ColorPass Pass(Surveyed seen) => ColorPass.Of(new KeepBits(Bits));
}

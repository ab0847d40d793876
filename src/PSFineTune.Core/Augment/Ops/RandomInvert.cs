using PSFineTune.Augment.Edits;

namespace PSFineTune.Augment;

/// <summary>Makes the negative of the image with probability P.</summary>
public sealed record RandomInvert : AugmentOp
{
    /// <summary>0 to 1.</summary>
    public double P { get; init; } = 0.5;

    internal override Edit Draw(RandomStream random, Canvas canvas) => random.Chance(P) ? new Invert() : Keep.Image;

    internal override void Validate() => RequireChance(P);
}

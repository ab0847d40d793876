using PSFineTune.Augment.Edits;

namespace PSFineTune.Augment;

/// <summary>Mirrors the image top to bottom with probability P.</summary>
public sealed record RandomVerticalFlip : AugmentOp
{
    /// <summary>0 to 1.</summary>
    public double P { get; init; } = 0.5;

    internal override Edit Draw(RandomStream random, Canvas canvas) =>
        random.Chance(P) ? new Flip { Direction = FlipDirection.Vertical } : Keep.Image;

    internal override void Validate() => RequireChance(P);
}

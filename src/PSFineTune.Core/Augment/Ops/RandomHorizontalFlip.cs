using PSFineTune.Augment.Edits;

namespace PSFineTune.Augment;

/// <summary>Mirrors the image left to right with probability P.</summary>
public sealed record RandomHorizontalFlip : AugmentOp
{
    /// <summary>0 to 1.</summary>
    public double P { get; init; } = 0.5;

    internal override Edit Draw(RandomStream random, Canvas canvas) =>
        random.Chance(P) ? new Flip { Direction = FlipDirection.Horizontal } : Keep.Image;

    internal override void Validate() => RequireChance(P);
}

using PSFineTune.Augment.Edits;

namespace PSFineTune.Augment;

/// <summary>Makes the image gray with probability P.</summary>
public sealed record RandomGrayscale : AugmentOp
{
    /// <summary>0 to 1.</summary>
    public double P { get; init; } = 0.1;

    internal override Edit Draw(RandomStream random, Canvas canvas) => random.Chance(P) ? new ToGray() : Keep.Image;

    internal override void Validate() => RequireChance(P);
}

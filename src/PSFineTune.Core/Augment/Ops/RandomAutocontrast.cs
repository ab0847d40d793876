using PSFineTune.Augment.Edits;

namespace PSFineTune.Augment;

/// <summary>Stretches every channel to its full range with probability P.</summary>
public sealed record RandomAutocontrast : AugmentOp
{
    /// <summary>0 to 1.</summary>
    public double P { get; init; } = 0.5;

    internal override Edit Draw(RandomStream random, Canvas canvas) => random.Chance(P) ? new Autocontrast() : Keep.Image;

    internal override void Validate() => RequireChance(P);
}

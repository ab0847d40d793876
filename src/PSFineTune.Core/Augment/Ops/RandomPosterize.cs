using PSFineTune.Augment.Edits;

namespace PSFineTune.Augment;

/// <summary>Keeps only the upper bits of every value, with probability P.</summary>
public sealed record RandomPosterize : AugmentOp
{
    /// <summary>Bits kept of each channel, 0 to 8. Torchvision has no default; 4 leaves 16 levels.</summary>
    public int Bits { get; init; } = 4;

    /// <summary>0 to 1.</summary>
    public double P { get; init; } = 0.5;

    internal override Edit Draw(RandomStream random, Canvas canvas) => random.Chance(P) ? new Posterize { Bits = Bits } : Keep.Image;

    internal override void Validate()
    {
        Require(Bits is >= 0 and <= 8, nameof(Bits), Bits, "from 0 to 8");
        RequireChance(P);
    }
}

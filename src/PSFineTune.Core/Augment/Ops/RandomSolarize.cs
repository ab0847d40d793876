using PSFineTune.Augment.Edits;

namespace PSFineTune.Augment;

/// <summary>Inverts all values that are not below the threshold, with probability P.</summary>
public sealed record RandomSolarize : AugmentOp
{
    /// <summary>0 to 256. Torchvision has no default; 128 inverts the brighter half.</summary>
    public double Threshold { get; init; } = 128;

    /// <summary>0 to 1.</summary>
    public double P { get; init; } = 0.5;

    internal override Edit Draw(RandomStream random, Canvas canvas) => random.Chance(P) ? new Solarize { Threshold = Threshold } : Keep.Image;

    internal override void Validate()
    {
        Require(Threshold is >= 0 and <= 256, nameof(Threshold), Threshold, "from 0 to 256");
        RequireChance(P);
    }
}

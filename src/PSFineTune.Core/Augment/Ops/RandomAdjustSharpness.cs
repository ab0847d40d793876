using PSFineTune.Augment.Edits;

namespace PSFineTune.Augment;

/// <summary>Sharpens or smoothes the image with probability P.</summary>
public sealed record RandomAdjustSharpness : AugmentOp
{
    /// <summary>0 is smooth, 1 changes nothing. Torchvision has no default; 2 sharpens.</summary>
    public double SharpnessFactor { get; init; } = 2;

    /// <summary>0 to 1.</summary>
    public double P { get; init; } = 0.5;

    internal override Edit Draw(RandomStream random, Canvas canvas) => random.Chance(P) ? new AdjustSharpness { Factor = SharpnessFactor } : Keep.Image;

    internal override void Validate()
    {
        Require(SharpnessFactor >= 0 && double.IsFinite(SharpnessFactor), nameof(SharpnessFactor), SharpnessFactor, "0 or more");
        RequireChance(P);
    }
}

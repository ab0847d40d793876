using PSFineTune.Augment.Edits;

namespace PSFineTune.Augment;

/// <summary>Gives the image the marks of JPEG compression of a uniformly drawn quality.</summary>
public sealed record JPEG : AugmentOp
{
    /// <summary>1, the worst, to 100: one whole number, or [least, most]. Torchvision has no default; from 50 on the marks are slight.</summary>
    public Numbers Quality { get; init; } = new(50, 100);

    internal override Edit Draw(RandomStream random, Canvas canvas) =>
        new Recompress { Quality = (int)Quality[0] + random.Below((int)Quality[^1] - (int)Quality[0] + 1) };

    internal override void Validate() =>
        Require(Quality.Count <= 2 && Quality.Rises && Quality.All(value => value is >= 1 and <= 100 && value == Math.Floor(value)), nameof(Quality), Quality, "one whole number or [least, most], from 1 to 100");
}

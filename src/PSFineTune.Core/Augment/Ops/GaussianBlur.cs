using PSFineTune.Augment.Edits;

namespace PSFineTune.Augment;

/// <summary>Blurs the image by a normal distribution whose standard deviation is drawn uniformly.</summary>
public sealed record GaussianBlur : AugmentOp
{
    const int MostSize = 999;

    /// <summary>
    /// Pixels that count, odd: one number or [across, down]. Torchvision has no default; 9 reaches two of the largest
    /// default deviations to each side.
    /// </summary>
    public Numbers KernelSize { get; init; } = 9;

    /// <summary>Standard deviation, pixels, above 0: one number, or [least, most].</summary>
    public Numbers Sigma { get; init; } = new(0.1, 2);

    internal override Edit Draw(RandomStream random, Canvas canvas) => new Blur { KernelSize = KernelSize, Sigma = random.Uniform(Sigma[0], Sigma[^1]) };

    internal override void Validate()
    {
        Require(KernelSize.Count <= 2 && KernelSize.All(size => size is >= 1 and <= MostSize && size % 2 == 1), nameof(KernelSize), KernelSize, $"one odd whole number or [across, down], from 1 to {MostSize}");
        Require(Sigma.Count <= 2 && Sigma.Rises && Sigma.All(sigma => sigma > 0 && double.IsFinite(sigma)), nameof(Sigma), Sigma, "one number or [least, most], above 0");
    }
}

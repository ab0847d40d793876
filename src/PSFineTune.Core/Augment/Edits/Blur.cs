using PSFineTune.Imaging;

namespace PSFineTune.Augment.Edits;

/// <summary>Gaussian blur; beyond the edges is the mirror image.</summary>
public sealed record Blur : Edit
{
    /// <summary>Pixels that count, odd: one number or [across, down].</summary>
    public Numbers KernelSize { get; init; } = 1;

    /// <summary>Standard deviation, pixels, above 0.</summary>
    public double Sigma { get; init; } = 1;

    internal override Picture Apply(Picture picture)
    {
        using (picture) return Blurring.Blur(picture, Bell.FixedWeights((int)KernelSize[0], Sigma), Bell.FixedWeights((int)KernelSize[^1], Sigma));
    }
}

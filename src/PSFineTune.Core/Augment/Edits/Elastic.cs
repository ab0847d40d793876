using System.Buffers;
using PSFineTune.Imaging;
using PSFineTune.Models;

namespace PSFineTune.Augment.Edits;

/// <summary>Moves every pixel by smooth noise, as if the image were printed on rubber.</summary>
public sealed record Elastic : Edit
{
    /// <summary>Strength, of which noise from -1 to 1 is half as many pixels: one number or [across, down].</summary>
    public Numbers Alpha { get; init; } = 0;

    /// <summary>Smoothness, pixels, 0 or more: one number or [across, down].</summary>
    public Numbers Sigma { get; init; } = 5;

    /// <summary>Nearest or Bilinear.</summary>
    public Interpolation Interpolation { get; init; } = Interpolation.Bilinear;

    /// <summary>Colour beyond the image: one number or red, green and blue, 0 to 255.</summary>
    public Numbers Fill { get; init; } = 0;

    /// <summary>Which noise it is.</summary>
    public ulong NoiseKey { get; init; }

    internal override Picture Apply(Picture picture)
    {
        var random = new RandomStream(NoiseKey);
        var (across, down) = (Weights(Sigma[0]), Weights(Sigma[^1]));
        var right = SmoothField.Rent(random, picture.Width, picture.Height, across, down, Alpha[0] / 2);
        var below = SmoothField.Rent(random, picture.Width, picture.Height, across, down, Alpha[^1] / 2);
        using (picture)
        {
            var result = Warp.Apply(picture, (right, below), Interpolation, Fill.ToColor());
            ArrayPool<float>.Shared.Return(right);
            ArrayPool<float>.Shared.Return(below);
            return result;
        }
    }

    /// <summary>Torchvision's kernel: four deviations to each side.</summary>
    static float[] Weights(double sigma) => sigma == 0 ? [1] : Bell.Weights((int)(8 * sigma + 1) | 1, sigma);
}

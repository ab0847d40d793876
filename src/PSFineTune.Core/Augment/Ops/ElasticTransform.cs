using PSFineTune.Augment.Edits;
using PSFineTune.Models;

namespace PSFineTune.Augment;

/// <summary>Moves every pixel by smooth random amounts, as if the image were printed on rubber (Simard et al. 2003).</summary>
public sealed record ElasticTransform : AugmentOp
{
    /// <summary>Strength, 0 or more: noise from -1 to 1 times half of it, smoothed, is the movement in pixels; one number or [across, down].</summary>
    public Numbers Alpha { get; init; } = 50;

    /// <summary>Smoothness: standard deviation of the blur of the movements, pixels, 0 to 100; one number or [across, down].</summary>
    public Numbers Sigma { get; init; } = 5;

    /// <summary>Nearest or Bilinear.</summary>
    public Interpolation Interpolation { get; init; } = Interpolation.Bilinear;

    /// <summary>Colour beyond the image: one number or [red, green, blue], 0 to 255.</summary>
    public Numbers Fill { get; init; } = 0;

    internal override Edit Draw(RandomStream random, Canvas canvas) =>
        new Elastic { Alpha = Alpha, Sigma = Sigma, Interpolation = Interpolation, Fill = Fill, NoiseKey = random.Next() };

    internal override void Validate()
    {
        Require(Alpha.Count <= 2 && Alpha.All(alpha => alpha is >= 0 and <= 1e6), nameof(Alpha), Alpha, "one number or [across, down], 0 or more");
        Require(Sigma.Count <= 2 && Sigma.All(sigma => sigma is >= 0 and <= 100), nameof(Sigma), Sigma, "one number or [across, down], from 0 to 100");
        RequireNearestOrBilinear(Interpolation);
        RequireFill(Fill);
    }
}

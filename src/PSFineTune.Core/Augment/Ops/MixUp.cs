using PSFineTune.Augment.Edits;

namespace PSFineTune.Augment;

/// <summary>Blends the image with another sample's, and the label in the same shares (Zhang et al. 2018, https://arxiv.org/abs/1710.09412).</summary>
public sealed record MixUp : MixOp
{
    internal override Edit Draw(RandomStream random, Canvas canvas) =>
        new MixPixels { Partner = random.NextDouble(), Share = Dirichlet.Draw(random, Alpha, 2)[0] };
}

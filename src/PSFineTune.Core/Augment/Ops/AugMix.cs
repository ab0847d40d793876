using PSFineTune.Augment.Edits;
using PSFineTune.Augment.Policies;
using PSFineTune.Models;

namespace PSFineTune.Augment;

/// <summary>Mixes the image with some variants of itself, each changed by a short chain of steps (Hendrycks et al. 2020).</summary>
public sealed record AugMix : PolicyOp
{
    const int Bins = 10, MostDepth = 3, MostChains = 16;

    public AugMix() => Interpolation = Interpolation.Bilinear;

    /// <summary>Strength of the steps, 1 to 10.</summary>
    public int Severity { get; init; } = 3;

    /// <summary>How many chains, 1 to 16.</summary>
    public int MixtureWidth { get; init; } = 3;

    /// <summary>Steps of each chain, to 16; below 1 it is drawn from 1, 2 and 3.</summary>
    public int ChainDepth { get; init; } = -1;

    /// <summary>Of the distributions of the weights, above 0: 1 makes all equally likely, more makes chains and image more alike.</summary>
    public double Alpha { get; init; } = 1;

    /// <summary>Whether brightness, colour, contrast and sharpness are among the steps.</summary>
    public bool AllOps { get; init; } = true;

    internal override Edit Draw(RandomStream random, Canvas canvas)
    {
        var ofImage = Dirichlet.Draw(random, Alpha, 2)[0];
        var ofChains = Dirichlet.Draw(random, Alpha, MixtureWidth);
        var chains = new Edit[MixtureWidth];
        for (var i = 0; i < chains.Length; i++) chains[i] = Chain(random, canvas);
        return new Mixture { Weights = new([ofImage, .. ofChains.Select(part => (1 - ofImage) * part)]), Chains = chains };
    }

    internal override void Validate()
    {
        Require(Severity is >= 1 and <= Bins, nameof(Severity), Severity, $"from 1 to {Bins}");
        Require(MixtureWidth is >= 1 and <= MostChains, nameof(MixtureWidth), MixtureWidth, $"from 1 to {MostChains}");
        Require(ChainDepth <= MostChains, nameof(ChainDepth), ChainDepth, $"at most {MostChains}");
        Require(Alpha is > 0 and <= 1e6, nameof(Alpha), Alpha, "above 0");
        base.Validate();
    }

    Edit Chain(RandomStream random, Canvas canvas)
    {
        var space = AllOps ? PolicySpace.Mixed : PolicySpace.MixedFew;
        var edits = new Edit[ChainDepth > 0 ? ChainDepth : 1 + random.Below(MostDepth)];
        for (var i = 0; i < edits.Length; i++)
        {
            var step = space.Steps[random.Below(space.Steps.Length)];
            edits[i] = Change(random, step, space.At(step, PolicySpace.Graded(step) ? random.Below(Severity) : 0, Bins, canvas));
        }
        return Sequence.Of(edits);
    }
}

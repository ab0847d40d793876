using PSFineTune.Augment.Edits;

namespace PSFineTune.Augment;

/// <summary>Adds normal noise to every value.</summary>
public sealed record GaussianNoise : AugmentOp
{
    /// <summary>Part of the full range, -1 to 1.</summary>
    public double Mean { get; init; }

    /// <summary>Standard deviation, part of the full range, 0 to 10.</summary>
    public double Sigma { get; init; } = 0.1;

    /// <summary>Whether values stop at 0 and 255; otherwise they wrap around.</summary>
    public bool Clip { get; init; } = true;

    internal override Edit Draw(RandomStream random, Canvas canvas) => new AddNoise { Mean = Mean, Sigma = Sigma, Clip = Clip, NoiseKey = random.Next() };

    internal override void Validate()
    {
        Require(Mean is >= -1 and <= 1, nameof(Mean), Mean, "from -1 to 1");
        Require(Sigma is >= 0 and <= 10, nameof(Sigma), Sigma, "from 0 to 10");
    }
}

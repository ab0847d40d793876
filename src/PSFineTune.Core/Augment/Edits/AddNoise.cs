using PSFineTune.Imaging;

namespace PSFineTune.Augment.Edits;

/// <summary>Adds normal noise to every value.</summary>
public sealed record AddNoise : Edit
{
    /// <summary>Part of the full range, -1 to 1.</summary>
    public double Mean { get; init; }

    /// <summary>Standard deviation, part of the full range, 0 or more.</summary>
    public double Sigma { get; init; }

    /// <summary>Whether values stop at 0 and 255; otherwise they wrap around.</summary>
    public bool Clip { get; init; } = true;

    /// <summary>Which noise it is.</summary>
    public ulong NoiseKey { get; init; }

    internal override Picture Apply(Picture picture)
    {
        NormalNoise.Add(picture.Pixels, new(NoiseKey), 255 * Mean, 255 * Sigma, Clip);
        return picture;
    }
}

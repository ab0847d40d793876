using PSFineTune.Imaging;

namespace PSFineTune.Augment;

/// <summary>How training images are varied, as data: ops in order, JSON.</summary>
public sealed record AugmentPipeline
{
    public IReadOnlyList<AugmentOp> Ops { get; init; } = [];

    /// <summary>Draws every op's edit for one sample and applies it; the picture given is used up.</summary>
    /// <param name="picture">The decoded image.</param>
    /// <param name="seed">The plan's seed.</param>
    /// <param name="epoch">From 1.</param>
    /// <param name="sample">The sample's key, <see cref="RandomStream.SampleKey"/> of its content hash.</param>
    internal Picture Run(Picture picture, int seed, int epoch, ulong sample)
    {
        for (var position = 0; position < Ops.Count; position++)
            picture = Ops[position].Draw(RandomStream.For(seed, epoch, sample, position), picture.Width, picture.Height).Apply(picture);
        return picture;
    }

    public bool Equals(AugmentPipeline? other) => other is not null && Ops.SequenceEqual(other.Ops);

    public override int GetHashCode() => Ops.Aggregate(0, HashCode.Combine);
}

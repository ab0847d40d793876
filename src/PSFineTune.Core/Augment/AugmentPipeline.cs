using PSFineTune.Imaging;

namespace PSFineTune.Augment;

/// <summary>How training images are varied, as data: ops in order, JSON.</summary>
public sealed record AugmentPipeline
{
    public IReadOnlyList<AugmentOp> Ops { get; init => field = value.ToIndexable(); } = [];

    /// <summary>Draws every op's edit for one sample and applies it; the picture given is used up.</summary>
    /// <param name="picture">The decoded image.</param>
    /// <param name="inputSize">Side of the model's input, for ops that are given no size.</param>
    /// <param name="key">Whose randomness it is.</param>
    internal Picture Run(Picture picture, int inputSize, DrawKey key)
    {
        using (picture) return new AugmentPlan(Draw(picture.Width, picture.Height, inputSize, key), picture.Width, picture.Height).Run(AugmentSource.Of(picture), CancellationToken.None);
    }

    /// <summary>What every op decides for one sample, each knowing the size that the edits before it leave.</summary>
    internal IReadOnlyList<Edit> Draw(int width, int height, int inputSize, DrawKey key)
    {
        var edits = new Edit[Ops.Count];
        for (var position = 0; position < edits.Length; position++)
        {
            edits[position] = Ops[position].Draw(key.At(position), new(width, height, inputSize));
            (width, height) = edits[position].SizeAfter(width, height);
        }
        return edits;
    }

    /// <summary>What a sample looks like to one that it is mixed with: drawn as far as the op that mixes, and itself not mixed.</summary>
    /// <param name="position">Of the op that mixes.</param>
    /// <param name="width">Of the image, pixels.</param>
    /// <param name="height">As width.</param>
    /// <param name="inputSize">For ops that are given no size, pixels.</param>
    /// <param name="key">Of the sample that is mixed in.</param>
    internal IReadOnlyList<Edit> DrawUntil(int position, int width, int height, int inputSize, DrawKey key) =>
        [.. Draw(width, height, inputSize, key).Take(position).Select(edit => MixEdit.With(edit, _ => Edits.Keep.Image))];

    /// <summary>Refuses the first setting that is out of range.</summary>
    /// <exception cref="FineTuneException">InvalidOpSetting.</exception>
    internal void Validate()
    {
        foreach (var op in Ops) op.Validate();
    }

    public bool Equals(AugmentPipeline? other) => other is not null && Ops.SequenceEqual(other.Ops);

    public override int GetHashCode() => Ops.Aggregate(0, HashCode.Combine);
}

/// <summary>What the randomness of one augmented image depends on, and all it depends on.</summary>
/// <param name="Seed">The plan's seed.</param>
/// <param name="Epoch">From 1.</param>
/// <param name="Sample">Key of the sample's content, <see cref="RandomStream.SampleKey"/>.</param>
readonly record struct DrawKey(int Seed, int Epoch, ulong Sample)
{
    public RandomStream At(int position) => RandomStream.For(Seed, Epoch, Sample, position);
}

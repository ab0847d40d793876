using PSFineTune.Imaging;

namespace PSFineTune.Augment.Edits;

/// <summary>A weighted mean of the image and of variants of it, rounded.</summary>
public sealed record Mixture : Edit
{
    /// <summary>Of the image, then of each chain; they sum to 1.</summary>
    public Numbers Weights { get; init; } = 1;

    /// <summary>What makes each variant from the image; sizes stay.</summary>
    public IReadOnlyList<Edit> Chains { get; init => field = value.ToIndexable(); } = [];

    internal override Picture Apply(Picture picture)
    {
        var pictures = new Picture[Chains.Count + 1];
        pictures[0] = picture;
        try
        {
            for (var i = 1; i < pictures.Length; i++)
            {
                pictures[i] = Chains[i - 1].Apply(picture.Copy());
                if ((pictures[i].Width, pictures[i].Height) != (picture.Width, picture.Height)) throw Fault.EditDoesNotFit(this, picture.Width, picture.Height);
            }
            Blend.Into(picture, pictures, Array.ConvertAll(Weights.ToArray(), weight => (float)weight));
        }
        finally
        {
            foreach (var variant in pictures.AsSpan(1)) variant?.Dispose();
        }
        return picture;
    }

    public bool Equals(Mixture? other) => other is not null && Weights == other.Weights && Chains.SequenceEqual(other.Chains);

    public override int GetHashCode() => Chains.Aggregate(Weights.GetHashCode(), HashCode.Combine);
}

using PSFineTune.Imaging;

namespace PSFineTune.Augment.Edits;

/// <summary>Several edits of one op, one after the other.</summary>
public sealed record Sequence : Edit
{
    public IReadOnlyList<Edit> Edits { get; init => field = value.ToIndexable(); } = [];

    /// <summary>The edits that do something, one after the other.</summary>
    internal static Edit Of(IEnumerable<Edit> edits)
    {
        var some = edits.Where(edit => edit is not Keep).ToArray();
        return some.Length switch { 0 => Keep.Image, 1 => some[0], _ => new Sequence { Edits = some } };
    }

    internal override (int Width, int Height) SizeAfter(int width, int height) =>
        Edits.Aggregate((Width: width, Height: height), (size, edit) => edit.SizeAfter(size.Width, size.Height));

    internal override Picture Apply(Picture picture)
    {
        foreach (var edit in Edits) picture = edit.Apply(picture);
        return picture;
    }

    public bool Equals(Sequence? other) => other is not null && Edits.SequenceEqual(other.Edits);

    public override int GetHashCode() => Edits.Aggregate(0, HashCode.Combine);
}

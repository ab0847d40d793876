using PSFineTune.Augment.Edits;

namespace PSFineTune.Augment;

/// <summary>An op that is made of ops.</summary>
public abstract record OpGroup : AugmentOp
{
    public IReadOnlyList<AugmentOp> Ops { get; init => field = value.ToIndexable(); } = [];

    internal override void Validate()
    {
        foreach (var op in Ops) op.Validate();
    }

    public virtual bool Equals(OpGroup? other) => other is not null && EqualityContract == other.EqualityContract && Ops.SequenceEqual(other.Ops);

    public override int GetHashCode() => Ops.Aggregate(0, HashCode.Combine);

    /// <summary>The edits of some ops, each drawn for the image that the one before leaves.</summary>
    private protected static Edit InOrder(IEnumerable<AugmentOp> ops, RandomStream random, Canvas canvas)
    {
        var edits = new List<Edit>();
        foreach (var op in ops)
        {
            edits.Add(op.Draw(random, canvas));
            var (width, height) = edits[^1].SizeAfter(canvas.Width, canvas.Height);
            canvas = canvas with { Width = width, Height = height };
        }
        return Sequence.Of(edits);
    }
}

using PSFineTune.Augment.Edits;

namespace PSFineTune.Augment;

/// <summary>Does one of its ops.</summary>
public sealed record OneOf : OpGroup
{
    /// <summary>How likely each op is, in proportion, 0 or more, in the order of Ops; null is all equally.</summary>
    public Numbers? Probabilities { get; init; }

    internal override Edit Draw(RandomStream random, Canvas canvas) => Ops.Count == 0 ? Keep.Image : Ops[Chosen(random)].Draw(random, canvas);

    internal override void Validate()
    {
        Require(Probabilities is null || Probabilities.Count == Ops.Count && Probabilities.All(part => part >= 0 && double.IsFinite(part)) && !Probabilities.All(part => part == 0),
            nameof(Probabilities), Probabilities, "left out, or one number by op, 0 or more and not all 0");
        base.Validate();
    }

    int Chosen(RandomStream random)
    {
        if (Probabilities is null) return random.Below(Ops.Count);

        var parts = Probabilities.ToArray();
        var left = random.NextDouble() * parts.Sum();
        // What rounding may leave over at the end belongs to the last op that is likely at all.
        for (var i = 0; i < parts.Length; i++)
            if ((left -= parts[i]) < 0) return i;
        return Array.FindLastIndex(parts, part => part > 0);
    }
}

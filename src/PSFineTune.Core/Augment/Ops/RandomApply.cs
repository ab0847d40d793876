using PSFineTune.Augment.Edits;

namespace PSFineTune.Augment;

/// <summary>Does all of its ops, in order, with probability P, else none.</summary>
public sealed record RandomApply : OpGroup
{
    /// <summary>0 to 1.</summary>
    public double P { get; init; } = 0.5;

    internal override Edit Draw(RandomStream random, Canvas canvas) => random.Chance(P) ? InOrder(Ops, random, canvas) : Keep.Image;

    internal override void Validate()
    {
        RequireChance(P);
        base.Validate();
    }
}

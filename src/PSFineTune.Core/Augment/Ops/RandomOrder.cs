namespace PSFineTune.Augment;

/// <summary>Does all of its ops in random order, every order equally likely.</summary>
public sealed record RandomOrder : OpGroup
{
    internal override Edit Draw(RandomStream random, Canvas canvas) =>
        InOrder(random.Permutation(Ops.Count).Select(position => Ops[position]), random, canvas);
}

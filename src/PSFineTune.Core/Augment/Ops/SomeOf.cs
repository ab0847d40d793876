namespace PSFineTune.Augment;

/// <summary>Does some of its ops, none twice, in the order in which they are listed.</summary>
public sealed record SomeOf : OpGroup
{
    /// <summary>How many: one number, or [least, most], each equally likely.</summary>
    public Numbers N { get; init; } = 1;

    internal override Edit Draw(RandomStream random, Canvas canvas)
    {
        var count = (int)N[0] + random.Below((int)N[^1] - (int)N[0] + 1);
        return InOrder(random.Permutation(Ops.Count).Take(count).Order().Select(position => Ops[position]), random, canvas);
    }

    internal override void Validate()
    {
        // A group without ops does nothing, whatever it is told.
        var most = Ops.Count == 0 ? int.MaxValue : Ops.Count;
        Require(N.Count <= 2 && N.Rises && N.All(count => count >= 0 && count <= most && count == Math.Floor(count)), nameof(N), N, $"one whole number or [least, most], from 0 to the number of Ops, {Ops.Count}");
        base.Validate();
    }
}

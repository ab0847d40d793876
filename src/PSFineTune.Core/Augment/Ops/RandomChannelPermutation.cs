using PSFineTune.Augment.Edits;

namespace PSFineTune.Augment;

/// <summary>Exchanges red, green and blue; all six orders are equally likely.</summary>
public sealed record RandomChannelPermutation : AugmentOp
{
    internal override Edit Draw(RandomStream random, Canvas canvas) =>
        new PermuteChannels { Order = new([.. random.Permutation(3).Select(channel => (double)channel)]) };
}

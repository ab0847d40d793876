using PSFineTune.Augment.Edits;
using PSFineTune.Augment.Policies;

namespace PSFineTune.Augment;

/// <summary>Does one of the 25 pairs of changes that were found best for ImageNet, each of the two with its own probability (Cubuk et al. 2019).</summary>
public sealed record AutoAugment : PolicyOp
{
    internal override Edit Draw(RandomStream random, Canvas canvas)
    {
        var (first, second) = LearnedPolicy.ImageNet[random.Below(LearnedPolicy.ImageNet.Length)];
        return Sequence.Of([Perhaps(random, first, canvas), Perhaps(random, second, canvas)]);
    }

    Edit Perhaps(RandomStream random, LearnedStep one, Canvas canvas) =>
        random.Chance(one.Chance) ? Change(random, one.Step, PolicySpace.Moderate.At(one.Step, one.Bin, LearnedPolicy.Bins, canvas)) : Keep.Image;
}

using PSFineTune.Augment.Policies;

namespace PSFineTune.Augment;

/// <summary>Does one change drawn from fourteen, of a strength drawn from the full range (Müller and Hutter 2021): nothing to tune.</summary>
public sealed record TrivialAugmentWide : PolicyOp
{
    /// <summary>How many strengths there are, 2 or more.</summary>
    public int NumMagnitudeBins { get; init; } = 31;

    internal override Edit Draw(RandomStream random, Canvas canvas)
    {
        var space = PolicySpace.Wide;
        var step = space.Steps[random.Below(space.Steps.Length)];
        var bin = PolicySpace.Graded(step) ? random.Below(NumMagnitudeBins) : 0;
        return Change(random, step, space.At(step, bin, NumMagnitudeBins, canvas));
    }

    internal override void Validate()
    {
        Require(NumMagnitudeBins is >= 2 and <= MostBins, nameof(NumMagnitudeBins), NumMagnitudeBins, $"from 2 to {MostBins}");
        base.Validate();
    }
}

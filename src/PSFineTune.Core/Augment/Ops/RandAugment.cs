using PSFineTune.Augment.Edits;
using PSFineTune.Augment.Policies;

namespace PSFineTune.Augment;

/// <summary>Does some changes drawn from fourteen, all of one strength (Cubuk et al. 2020).</summary>
public sealed record RandAugment : PolicyOp
{
    const int MostOps = 100;

    /// <summary>How many, one after the other.</summary>
    public int NumOps { get; init; } = 2;

    /// <summary>Strength, 0 to NumMagnitudeBins - 1.</summary>
    public int Magnitude { get; init; } = 9;

    /// <summary>How many strengths there are, 2 or more.</summary>
    public int NumMagnitudeBins { get; init; } = 31;

    internal override Edit Draw(RandomStream random, Canvas canvas)
    {
        var space = PolicySpace.Moderate;
        var edits = new Edit[NumOps];
        for (var i = 0; i < NumOps; i++)
        {
            var step = space.Steps[random.Below(space.Steps.Length)];
            edits[i] = Change(random, step, space.At(step, Magnitude, NumMagnitudeBins, canvas));
        }
        return Sequence.Of(edits);
    }

    internal override void Validate()
    {
        Require(NumOps is >= 0 and <= MostOps, nameof(NumOps), NumOps, $"from 0 to {MostOps}");
        Require(NumMagnitudeBins is >= 2 and <= MostBins, nameof(NumMagnitudeBins), NumMagnitudeBins, $"from 2 to {MostBins}");
        Require(Magnitude >= 0 && Magnitude < NumMagnitudeBins, nameof(Magnitude), Magnitude, "from 0 to NumMagnitudeBins - 1");
        base.Validate();
    }
}

namespace PSFineTune.Text.Weighting;

/// <summary>1, however often.</summary>
public sealed record Binary : WeightingSpec
{
    internal override double Of(int count) => 1;

    internal override string Formula => "1";
}

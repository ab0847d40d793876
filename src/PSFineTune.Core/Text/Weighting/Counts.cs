namespace PSFineTune.Text.Weighting;

/// <summary>How often the term stands in the text.</summary>
public sealed record Counts : WeightingSpec
{
    internal override double Of(int count) => count;

    internal override string Formula => "count * factor";
}

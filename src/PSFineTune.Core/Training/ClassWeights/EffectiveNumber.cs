namespace PSFineTune.Training.ClassWeights;

/// <summary>
/// Inverse of the effective number of samples (Cui et al. 2019, https://arxiv.org/abs/1901.05555): (1 - beta) / (1 - beta^n),
/// scaled to a mean of 1. Milder than <see cref="Balanced"/> for large classes.
/// </summary>
public sealed record EffectiveNumber : ClassWeightSpec
{
    /// <summary>0 (all the same) to below 1.</summary>
    public double Beta { get; init; } = 0.999;

    internal override void Validate() => PlanCheck.Require(Beta is >= 0 and < 1, nameof(Beta), Beta, "0 to below 1");

    internal override double[] Of(IReadOnlyList<string> classes, IReadOnlyList<int> counts)
    {
        double[] inverse = [.. counts.Select(count => (1 - Beta) / (1 - Math.Pow(Beta, count)))];
        return [.. inverse.Select(weight => weight * counts.Count / inverse.Sum())];
    }
}

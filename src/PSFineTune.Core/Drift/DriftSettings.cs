using PSFineTune.Training;

namespace PSFineTune.Drift;

/// <summary>How new samples are compared with a reference.</summary>
sealed record DriftSettings
{
    public double Level { get; init; } = 0.01;

    /// <summary>Of the pooled samples.</summary>
    public int Permutations { get; init; } = 1000;

    /// <summary>Of the interval.</summary>
    public int Resamples { get; init; } = 500;

    public int Seed { get; init; } = 42;

    /// <summary>Fewer on either side make no verdict.</summary>
    public int MinimumCount { get; init; } = 50;

    /// <summary>Of more, so many are drawn a side.</summary>
    public int MaximumCount { get; init; } = 1000;

    /// <summary>The least effect that counts as drift; null for that of the features.</summary>
    public double? MinimumEffect { get; init; }

    /// <summary>The least Cramér's V that counts as a shift of the classes.</summary>
    public double MinimumLabelEffect { get; init; } = 0.1;

    /// <summary>Of the samples that lie farthest.</summary>
    public int Top { get; init; } = 9;

    /// <exception cref="FineTuneException">BadPlanSetting.</exception>
    public void Validate()
    {
        PlanCheck.Require(Level is > 0 and < 1, nameof(Level), Level, "above 0 and below 1, such as 0.01");
        PlanCheck.Require(Permutations is >= 1 and <= 1_000_000, nameof(Permutations), Permutations, "1 to 1,000,000");
        // Two tests share the level: with fewer the smallest p-value there can be is too large for any verdict.
        PlanCheck.Require(1.0 / (Permutations + 1) <= Level / 2, nameof(Permutations), Permutations, FormattableString.Invariant($"{Math.Ceiling(2 / Level) - 1} or above at level {Level}"));
        PlanCheck.Require(MinimumCount >= 2, nameof(MinimumCount), MinimumCount, "2 or above");
        PlanCheck.Require(MaximumCount >= MinimumCount && MaximumCount <= 5000, nameof(MaximumCount), MaximumCount, $"{MinimumCount} (MinimumCount) to 5000");
        PlanCheck.Require(MinimumEffect is null or (>= 0 and < 1), nameof(MinimumEffect), MinimumEffect, "0 or above and below 1");
        PlanCheck.Require(MinimumLabelEffect is >= 0 and < 1, nameof(MinimumLabelEffect), MinimumLabelEffect, "0 or above and below 1");
    }
}

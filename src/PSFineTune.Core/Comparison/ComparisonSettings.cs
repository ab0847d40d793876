using PSFineTune.Training;

namespace PSFineTune.Comparison;

/// <summary>What two models are compared by.</summary>
public enum ComparedMetric
{
    /// <summary>Share of samples that are named right: every sample counts the same.</summary>
    Accuracy,

    /// <summary>Mean F1 of the classes: every class counts the same.</summary>
    MacroF1,
}

/// <summary>What a challenger has to show.</summary>
public enum ComparisonMode
{
    /// <summary>That it is better than the champion.</summary>
    Superiority,

    /// <summary>That it is not worse by the margin or more.</summary>
    NonInferiority,
}

/// <summary>How a challenger is compared with a champion, and what it has to show.</summary>
public sealed record ComparisonSettings
{
    public ComparedMetric Metric { get; init; }

    public ComparisonMode Mode { get; init; }

    /// <summary>
    /// Above 0 and below 0.5; two-sided, as the confidence of all intervals is 1 - Level. With Superiority, at most half of it is
    /// promoted of models that are as good as each other, and with NonInferiority of models that are worse by the margin: by accuracy
    /// exactly or nearly, by macro-F1 about, see docs/comparison.md. Of models as good as each other at most all of it is rejected.
    /// </summary>
    public double Level { get; init; } = 0.05;

    /// <summary>Draws of the bootstrap, and of the exchanges that macro-F1 is tested by; 200 to 1,000,000.</summary>
    public int Resamples { get; init; } = 10_000;

    /// <summary>Of all draws.</summary>
    public int Seed { get; init; } = 42;

    /// <summary>By how much the recall of a class may fall, and in <see cref="ComparisonMode.NonInferiority"/> the metric; above 0 and below 1.</summary>
    public double Margin { get; init; } = 0.05;

    /// <summary>Fewer samples, once those that leak are left out, promote nothing; 1 or above.</summary>
    public int MinimumSamples { get; init; } = 30;

    /// <summary>Where there is no champion yet: what the lower end of the challenger's interval must reach, 0 to 1; null for nothing.</summary>
    public double? MinimumMetric { get; init; }

    /// <summary>A challenger is promoted only where no class is <see cref="ClassVerdict.Inconclusive"/>.</summary>
    public bool RequireEveryClass { get; init; }

    /// <summary>How probable it is to be that the smallest detectable gain is shown where it is there; 0.5 to below 1.</summary>
    public double Power { get; init; } = 0.8;

    /// <summary>From so many promotions decided on one hold-out on it is warned of; 2 or above.</summary>
    public int ManyUses { get; init; } = 10;

    /// <summary>What <see cref="ModelComparison.HoldOutHash"/> must be; null for any.</summary>
    public string? HoldOutHash { get; init; }

    /// <summary>Why the challenger is promoted whatever is found; null where what is found decides.</summary>
    public string? ForceReason { get; init; }

    /// <summary>The comparison decides, and so counts as a use of its hold-out; false to look without deciding.</summary>
    public bool CountUse { get; init; } = true;

    /// <exception cref="FineTuneException">BadPlanSetting.</exception>
    internal void Validate()
    {
        PlanCheck.Require(Enum.IsDefined(Metric), nameof(Metric), Metric, string.Join(" or ", Enum.GetNames<ComparedMetric>()));
        PlanCheck.Require(Enum.IsDefined(Mode), nameof(Mode), Mode, string.Join(" or ", Enum.GetNames<ComparisonMode>()));
        PlanCheck.Require(Level is >= 0.00001 and < 0.5, nameof(Level), Level, "0.00001 to below 0.5, such as 0.05");
        PlanCheck.Require(Resamples is >= 200 and <= 1_000_000, nameof(Resamples), Resamples, "200 to 1,000,000");
        // With fewer the smallest p-value of exchanges that there can be is too large, and the ends of intervals are the outermost draws.
        PlanCheck.Require(Resamples + 1 >= 4 / Level, nameof(Resamples), Resamples, FormattableString.Invariant($"{Math.Ceiling(4 / Level)} or above at level {Level}"));
        PlanCheck.Require(Margin is > 0 and < 1, nameof(Margin), Margin, "above 0 and below 1, such as 0.05");
        PlanCheck.Require(MinimumSamples >= 1, nameof(MinimumSamples), MinimumSamples, "1 or above");
        PlanCheck.Require(MinimumMetric is null or (>= 0 and <= 1), nameof(MinimumMetric), MinimumMetric, "0 to 1");
        PlanCheck.Require(Power is >= 0.5 and <= 0.999, nameof(Power), Power, "0.5 to 0.999, such as 0.8");
        PlanCheck.Require(ManyUses >= 2, nameof(ManyUses), ManyUses, "2 or above");
        if (ForceReason is not null && string.IsNullOrWhiteSpace(ForceReason)) throw Fault.ForceWithoutReason();
    }
}

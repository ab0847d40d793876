using System.Globalization;

namespace PSFineTune.Comparison;

/// <summary>
/// What the numbers come to. Superiority: promoted where the two-sided test is beyond chance, the gain is above 0, and so is all
/// of its interval; as the test of accuracy is exact, of models that are as good as each other at most half of the level is
/// promoted. As many are called worse, and as many again for a class. By macro-F1 about as many are, for its test is exact only of
/// models that make the same mistakes as often, and its interval nearly is (<see cref="MacroF1Bounds"/>). Non-inferiority: promoted
/// where all of the interval lies above the margin, and so does that of accuracy by the score test, for draws of a few samples
/// that tell the models apart know too little spread.
/// </summary>
static class ComparisonRule
{
    // Of fewer samples of a class it is said that they are why a macro-F1 is not known.
    const int Few = 30;

    /// <param name="found">All but the verdict.</param>
    /// <param name="outcomes">Of the same samples.</param>
    public static (PromotionVerdict, string) Decide(ModelComparison found, PairedOutcomes outcomes)
    {
        var settings = found.Settings;
        if (outcomes.Lost.Count > 0) return (PromotionVerdict.Reject, $"The challenger does not know {Named(outcomes.Lost)}, which the champion does.");
        if (outcomes.SameWeights) return (PromotionVerdict.Hold, "Champion and challenger have the same weights: there is nothing to promote.");
        if (TooFew(found) is { } few) return (PromotionVerdict.Hold, few);
        var (isWorse, isShown) = settings.Mode == ComparisonMode.Superiority ? Superior(found) : NonInferior(found);
        if (isWorse) return (PromotionVerdict.Reject, Say($"The challenger is worse{(settings.Mode == ComparisonMode.Superiority ? "" : Say($" by more than {Number(settings.Margin)}"))}: {Numbers(found)}."));
        if (found.Classes.Where(one => one.Verdict == ClassVerdict.Worse).ToList() is { Count: > 0 } worse)
            return (PromotionVerdict.Reject, Say($"The challenger finds fewer of {Named([.. worse.Select(one => one.Label)])}, beyond the margin of {Number(settings.Margin)}: recall {Number(worse[0].ChallengerRecall)} instead of {Number(worse[0].ChampionRecall)}{(worse.Count > 1 ? $" of {Quoted(worse[0].Label)}" : "")}."));
        if (!isShown) return (PromotionVerdict.Hold, NotShown(found));
        if (settings.RequireEveryClass && found.Classes.Where(one => one.Verdict == ClassVerdict.Inconclusive).ToList() is { Count: > 0 } open)
            return (PromotionVerdict.Hold, Say($"It is not shown of every class that its recall did not fall by {Number(settings.Margin)}: there are too few samples of {Named([.. open.Select(one => one.Label)])}."));
        return (PromotionVerdict.Promote, Say($"The challenger is {(settings.Mode == ComparisonMode.Superiority ? "better" : Say($"not worse by {Number(settings.Margin)} or more"))}: {Numbers(found)}."));
    }

    /// <summary>Of a model that has no champion before it.</summary>
    public static (PromotionVerdict, string) DecideFirst(ModelComparison found)
    {
        if (found.Count == 0 || (found.Settings.MinimumMetric is not null && found.Count < found.Settings.MinimumSamples)) return (PromotionVerdict.Hold, TooFew(found)!);
        var (challenger, metric) = (found.Challenger, Metric(found));
        var reached = Say($"{metric} {Number(challenger.Metric)} ({Percent(challenger.Interval.Confidence)} interval {challenger.Interval})");
        return found.Settings.MinimumMetric is not { } floor ? (PromotionVerdict.Promote, $"There is no champion yet, and no floor was given: {reached}.")
            : challenger.Interval.Low >= floor ? (PromotionVerdict.Promote, $"There is no champion yet, and the challenger reaches the floor of {Number(floor)}: {reached}.")
            : challenger.Interval.High < floor ? (PromotionVerdict.Reject, $"The challenger lies below the floor of {Number(floor)}: {reached}.")
            : (PromotionVerdict.Hold, $"It is not shown that the challenger reaches the floor of {Number(floor)}: {reached}{Small(found)}.");
    }

    static string? TooFew(ModelComparison found) => found.Count == 0 ? "No hold-out sample is left to judge by."
        : found.Count < found.Settings.MinimumSamples ? Say($"{found.Count} hold-out samples are too few to judge by: {found.Settings.MinimumSamples} are wanted.") : null;

    static (bool IsWorse, bool IsShown) Superior(ModelComparison found)
    {
        var isSure = found.PValue <= found.Settings.Level;
        return (isSure && found.Gain < 0 && found.GainInterval.High < 0, isSure && found.Gain > 0 && found.GainInterval.Low > 0);
    }

    static (bool IsWorse, bool IsShown) NonInferior(ModelComparison found)
    {
        var (counts, margin) = (found.McNemar, found.Settings.Margin);
        var exact = new PairedShares(counts.OnlyChallenger, counts.OnlyChampion, found.Count).Interval(1 - found.Settings.Level);
        return (found.PValue <= found.Settings.Level && found.GainInterval.High < -margin, found.GainInterval.Low > -margin && exact.Low > -margin);
    }

    static string NotShown(ModelComparison found)
    {
        if (found.Settings.Mode == ComparisonMode.NonInferiority)
            return Say($"It is not shown that the challenger is not worse by {Number(found.Settings.Margin)}: {Numbers(found)}{Small(found)}{More(found)}.");
        if (found.McNemar is { OnlyChampion: 0, OnlyChallenger: 0 } && found.Gain == 0)
            return Say($"Both are right on the same {found.McNemar.BothRight} of {found.Count} samples: nothing tells them apart{Least(found)}.");
        return found.Gain > 0
            ? Say($"The hold-out is too small to show that the challenger is better: {Numbers(found)}{Small(found)}{Least(found)}{More(found)}.")
            : Say($"The challenger is not better: {Numbers(found)}{Least(found)}.");
    }

    static string Least(ModelComparison found) => double.IsNaN(found.SmallestDetectableGain) ? ""
        : Say($"; with n = {found.Count} the smallest detectable gain is {Number(found.SmallestDetectableGain)}");

    static string More(ModelComparison found) => found.SamplesNeeded is { } needed && needed > found.Count ? Say($", and this one would take about {Round(needed)} samples") : "";

    static string Small(ModelComparison found)
    {
        var small = found.Classes.Where(one => one.Support < Few).OrderBy(one => one.Support).ToList();
        return found.Settings.Metric == ComparedMetric.Accuracy || small.Count == 0 ? ""
            : Say($"; each class counts the same, and there are few samples of {string.Join(", ", small.Take(5).Select(one => $"{Quoted(one.Label)} ({one.Support})"))}{(small.Count > 5 ? Say($" and {small.Count - 5} more") : "")}");
    }

    static string Numbers(ModelComparison found) =>
        Say($"{Metric(found)} {Number(found.Challenger.Metric)} instead of {Number(found.Champion!.Metric)} (difference {found.Gain:+0.000;-0.000;0.000}, {Percent(found.GainInterval.Confidence)} interval {found.GainInterval}, {Chance(found.PValue)})");

    static string Metric(ModelComparison found) => found.Settings.Metric == ComparedMetric.Accuracy ? "accuracy" : "macro-F1";

    static string Chance(double p) => p < 0.001 ? "p below 0.001" : Say($"p = {p:0.###}");

    // Two digits: the number is a guess.
    static int Round(int count) => (int)Math.Max(1, Math.Pow(10, (int)Math.Log10(count) - 1)) is var step ? (int)(Math.Ceiling(count / (double)step) * step) : 0;

    static string Named(IReadOnlyList<string> classes) => (classes.Count == 1 ? "the class " : "the classes ") + string.Join(", ", classes.Take(5).Select(Quoted)) + (classes.Count > 5 ? Say($" and {classes.Count - 5} more") : "");

    static string Quoted(string name) => $"'{name}'";

    static string Percent(double share) => Say($"{100 * share:0.###} %");

    static string Number(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);

    static string Say(FormattableString text) => FormattableString.Invariant(text);
}

using System.Globalization;

namespace PSFineTune.Drift;

/// <summary>
/// What two tests come to. Both share the level (Holm 1979, A simple sequentially rejective multiple test procedure): the
/// smaller p-value counts against half of it. A difference beyond chance is drift unless its interval lies below the least
/// effect: of very many samples the smallest difference is beyond chance. Where nothing is found, an effect that may be the
/// least one after all is not yet called none.
/// </summary>
static class DriftRule
{
    /// <param name="drift">All but verdict and reason.</param>
    /// <param name="minimum">Fewer samples on either side make no verdict.</param>
    public static DataDrift Judged(DataDrift drift, int minimum)
    {
        var (verdict, reason) = Decide(drift, minimum);
        return drift with { Verdict = verdict, Reason = reason };
    }

    static (DriftVerdict, string) Decide(DataDrift drift, int minimum)
    {
        if (drift.NewCount < minimum || drift.ReferenceCount < minimum)
            return (DriftVerdict.Inconclusive, drift.NewCount < minimum ? Say($"{drift.NewCount} new samples are too few to judge by: {minimum} are wanted.") : Say($"{drift.ReferenceCount} samples of the reference are too few to judge by: {minimum} are wanted."));
        var (seen, moved) = Rejected(drift);
        var counts = drift.EffectInterval.High >= drift.MinimumEffect;
        var (looks, shares) = (seen && counts, moved && drift.Labels!.Effect >= drift.Labels.MinimumEffect);
        if (looks || shares) return (DriftVerdict.Drifted, Sentence([.. looks ? [Looks(drift)] : Array.Empty<string>(), .. shares ? [Shares(drift.Labels!)] : Array.Empty<string>()]));
        if (counts)
            return (DriftVerdict.Inconclusive, Say($"No difference was found (p = {Number(drift.PValue)}), but one of {Number(drift.MinimumEffect)} is not excluded: the effect may be up to {Number(drift.EffectInterval.High)}; more samples would tell."));
        // The shares have no interval: one that is as large as counts is not called none for want of samples.
        if (!moved && drift.Labels is { } labels && labels.Effect >= labels.MinimumEffect)
            return (DriftVerdict.Inconclusive, Say($"The features show no difference that counts, but the classes may come in other shares (p = {Number(labels.PValue)}, Cramér's V {Number(labels.Effect)}, of which {Number(labels.MinimumEffect)} counts); more samples would tell."));
        return (DriftVerdict.Stable, seen || moved
            ? Say($"The difference is beyond chance ({Chances(drift)}), but too small to count: the effect is at most {Number(drift.EffectInterval.High)}, below {Number(drift.MinimumEffect)}.")
            : Say($"No difference was found ({Chances(drift)}), and the effect is at most {Number(drift.EffectInterval.High)}, below {Number(drift.MinimumEffect)}."));
    }

    // The smaller p-value against half of the level, the larger against all of it where the smaller was beyond chance.
    static (bool Features, bool Labels) Rejected(DataDrift drift)
    {
        if (drift.Labels is not { } labels) return (drift.PValue <= drift.Level, false);
        var any = Math.Min(drift.PValue, labels.PValue) <= drift.Level / 2;
        return (any && drift.PValue <= drift.Level, any && labels.PValue <= drift.Level);
    }

    static string Looks(DataDrift drift) => Say($"the new samples lie apart from the reference (p = {Number(drift.PValue)}, effect {Number(drift.Effect)})");

    static string Shares(LabelShift labels) =>
        Say($"the classes come in other shares (p = {Number(labels.PValue)}, Cramér's V {Number(labels.Effect)}), most of all {labels.Classes[0].Label}: {Percent(labels.Classes[0].NewShare)} instead of {Percent(labels.Classes[0].ReferenceShare)}");

    static string Chances(DataDrift drift) => drift.Labels is { } labels ? Say($"p = {Number(drift.PValue)}, of the classes' shares {Number(labels.PValue)}") : Say($"p = {Number(drift.PValue)}");

    static string Sentence(IReadOnlyList<string> parts) => string.Join(", and ", parts) is var all ? char.ToUpperInvariant(all[0]) + all[1..] + "." : "";

    // Not the format's percent, which has a space before the sign in this culture.
    static string Percent(double share) => Say($"{100 * share:0.#} %");

    static string Number(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);

    static string Say(FormattableString text) => FormattableString.Invariant(text);
}

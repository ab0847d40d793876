using PSFineTune.Metrics;

namespace PSFineTune.Comparison;

/// <summary>From what two models said of some samples to a verdict; knows neither models nor files.</summary>
static class PairedComparison
{
    /// <param name="outcomes">May be empty.</param>
    /// <param name="settings">Valid.</param>
    /// <param name="cancel">Checked for every draw.</param>
    /// <returns>All but what is known of models and hold-out.</returns>
    public static ModelComparison Of(PairedOutcomes outcomes, ComparisonSettings settings, CancellationToken cancel)
    {
        var found = outcomes.Count == 0 ? new ModelComparison { Champion = new(), McNemar = outcomes.CountsOf(), Classes = ClassRecalls.Of(outcomes, settings) } : Measured(outcomes, settings, cancel);
        found = found with { Count = outcomes.Count, Power = settings.Power, Settings = settings };
        var (verdict, reason) = ComparisonRule.Decide(found, outcomes);
        return found with { Verdict = verdict, FoundVerdict = verdict, Reason = reason };
    }

    static ModelComparison Measured(PairedOutcomes outcomes, ComparisonSettings settings, CancellationToken cancel)
    {
        var (resamples, counts, (champion, challenger)) = (new PairedResamples(outcomes, settings), outcomes.CountsOf(), outcomes.Margins());
        var drawn = MacroF1Bounds.Widened(resamples.Draw(cancel), outcomes, settings);
        var gain = PairedResamples.Measure(challenger, settings.Metric) - PairedResamples.Measure(champion, settings.Metric);
        var differing = (counts.OnlyChampion + counts.OnlyChallenger) / (double)outcomes.Count;
        return new()
        {
            Champion = FirstComparison.Measured(champion, drawn.Champion, settings), Challenger = FirstComparison.Measured(challenger, drawn.Challenger, settings),
            Gain = gain, GainInterval = drawn.Gain, PValue = resamples.Exchange(cancel), McNemar = counts, Classes = ClassRecalls.Of(outcomes, settings),
            SmallestDetectableGain = Detectable(drawn.Deviation, outcomes.Count, differing, settings), SamplesNeeded = Needed(gain, drawn.Deviation, outcomes.Count, differing, settings),
        };
    }

    // Of macro-F1 by the spread of the draws; where that is none, by accuracy, which knows of samples that were not seen.
    static double Detectable(double deviation, int count, double differing, ComparisonSettings settings) =>
        settings.Metric == ComparedMetric.MacroF1 && deviation > 0 ? Far(settings) * deviation : DetectableGain.Of(count, differing, settings.Level, settings.Power);

    static int? Needed(double gain, double deviation, int count, double differing, ComparisonSettings settings)
    {
        // Where the margin is what has to be shown, the distance from there is what counts.
        var shown = settings.Mode == ComparisonMode.NonInferiority ? gain + settings.Margin : gain;
        if (shown <= 1e-12 || deviation <= 0) return null;
        var needed = settings is { Metric: ComparedMetric.Accuracy, Mode: ComparisonMode.Superiority }
            ? DetectableGain.Needed(gain, differing, settings.Level, settings.Power)
            : count * Math.Pow(Far(settings) * deviation / shown, 2);
        return needed < int.MaxValue ? (int)Math.Ceiling(needed) : null;
    }

    static double Far(ComparisonSettings settings) => NormalLaw.Quantile(settings.Power) - NormalLaw.Quantile(settings.Level / 2);
}

using PSFineTune.Metrics;

namespace PSFineTune.Comparison;

/// <summary>A challenger without a champion: whether it is good enough to begin with.</summary>
static class FirstComparison
{
    /// <param name="tally">May be empty.</param>
    /// <param name="classes">Of the tally.</param>
    /// <param name="settings">Valid.</param>
    /// <param name="cancel">Checked for every draw.</param>
    /// <returns>All but what is known of the model and the hold-out.</returns>
    public static ModelComparison Of(ConfusionTally tally, IReadOnlyList<string> classes, ComparisonSettings settings, CancellationToken cancel)
    {
        var margins = tally.Margins;
        var challenger = tally.Count == 0 ? new() : Measured(margins, Interval(tally, settings, cancel), settings);
        var found = new ModelComparison
        {
            Challenger = challenger, Count = tally.Count, Settings = settings, Power = settings.Power,
            Classes = [.. classes.Select((name, label) => new ComparedClass
            {
                Label = name, Support = margins.Support[label], ChallengerRecall = margins.Support[label] == 0 ? double.NaN : margins.Recall(label),
                DifferenceInterval = new() { Confidence = 1 - settings.Level },
            })],
        };
        var (verdict, reason) = ComparisonRule.DecideFirst(found);
        return found with { Verdict = verdict, FoundVerdict = verdict, Reason = reason };
    }

    /// <summary>What is said of one model.</summary>
    /// <param name="margins">Of at least one sample.</param>
    /// <param name="known">Interval of macro-F1.</param>
    /// <param name="settings">Which metric, and the level.</param>
    public static ComparedModel Measured(Margins margins, Interval known, ComparisonSettings settings)
    {
        var exact = BinomialLaw.Share(margins.Hits.Sum(), margins.Support.Sum(), 1 - settings.Level);
        var metric = PairedResamples.Measure(margins, settings.Metric);
        return new()
        {
            Metric = metric, Accuracy = margins.Accuracy, MacroF1 = margins.MacroF1,
            Interval = settings.Metric == ComparedMetric.Accuracy ? exact : known,
        };
    }

    // The champion is the challenger itself: draws of pairs are then draws of its own.
    static Interval Interval(ConfusionTally tally, ComparisonSettings settings, CancellationToken cancel)
    {
        var alone = new PairedOutcomes([.. Enumerable.Range(0, tally.Classes).Select(label => $"{label}")]);
        foreach (var (label, predicted, count) in tally.Cells) alone.Add(label, predicted, predicted, count);
        return MacroF1Bounds.Widened(new PairedResamples(alone, settings).Draw(cancel), alone, settings).Challenger;
    }
}

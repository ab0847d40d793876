using PSFineTune.Comparison;

namespace PSFineTune.Benchmarks;

/// <summary>How often Compare-FineTuneModel promotes and rejects models that are as good as each other, and such that are not: synthetic answers, by the same rule.</summary>
static class ComparisonErrors
{
    /// <param name="draws">Pairs of models of each kind; 10,000 tell a level of 5 % to about 0.4 %.</param>
    /// <param name="resamples">Of the bootstrap of each pair.</param>
    public static IEnumerable<object> Simulated(int draws, int resamples)
    {
        (string Name, double[] Shares)[] shapes = [("2 even classes", [1, 1]), ("10 even classes", [.. Enumerable.Repeat(1.0, 10)]), ("classes of 90, 6, 3, 1 %", [90, 6, 3, 1])];
        foreach (var metric in Enum.GetValues<ComparedMetric>())
            foreach (var (name, shares) in shapes)
                foreach (var count in new[] { 50, 180, 1000 })
                    yield return Row($"{name}, as good", new() { Metric = metric, Resamples = resamples }, new(count, shares, 0.85, 0.85, 0.6), draws);
        foreach (var metric in Enum.GetValues<ComparedMetric>())
            foreach (var count in new[] { 180, 500, 1000 })
                foreach (var gain in new[] { 0.02, 0.05, 0.1 })
                    foreach (var sign in new[] { 1, -1 })
                        yield return Row($"3 even classes, {(sign > 0 ? "better" : "worse")} by {gain}", new() { Metric = metric, Resamples = resamples }, new(count, [1, 1, 1], 0.85, 0.85 + sign * gain, 0.6), draws / 10);
        // As bad as the margin: the other mode may promote no more of these.
        foreach (var metric in Enum.GetValues<ComparedMetric>())
            foreach (var count in new[] { 50, 180, 1000 })
                yield return Row("3 even classes, worse by the margin, NonInferiority", new() { Metric = metric, Mode = ComparisonMode.NonInferiority, Resamples = resamples }, new(count, [1, 1, 1], 0.85, 0.8, 0.6), draws);
    }

    static bool IsHeld(PairedOutcomes outcomes, ComparisonSettings settings)
    {
        if (settings.Mode == ComparisonMode.Superiority) return new PairedResamples(outcomes, settings).Exchange(default) > settings.Level;
        var counts = outcomes.CountsOf();
        var exact = new PairedShares(counts.OnlyChallenger, counts.OnlyChampion, outcomes.Count).Interval(1 - settings.Level);
        return exact.Low <= -settings.Margin && exact.High >= -settings.Margin / 2;
    }

    static object Row(string what, ComparisonSettings settings, SyntheticPair pair, int draws)
    {
        var (promoted, rejected, byClass) = (0, 0, 0);
        Parallel.For(0, draws, draw =>
        {
            var (outcomes, seeded) = (pair.Draw(draw), settings with { Seed = draw });
            // Most are held for what is quick to tell, and their samples need not be drawn again.
            if (ClassRecalls.Of(outcomes, seeded).Any(one => one.Verdict == ClassVerdict.Worse)) Interlocked.Increment(ref byClass);
            else if (IsHeld(outcomes, seeded)) return;
            var found = PairedComparison.Of(outcomes, seeded, default).Verdict;
            if (found == PromotionVerdict.Promote) Interlocked.Increment(ref promoted);
            if (found == PromotionVerdict.Reject) Interlocked.Increment(ref rejected);
        });
        return new { what, metric = settings.Metric.ToString(), pair.Count, same = pair.Same, draws, promoted = promoted / (double)draws, rejected = rejected / (double)draws, classWorse = byClass / (double)draws };
    }
}

/// <summary>Two models that are right a given share of the time on each class.</summary>
/// <param name="Count">Samples.</param>
/// <param name="Shares">Of the classes, in any unit.</param>
/// <param name="Champion">How often the champion is right.</param>
/// <param name="Challenger">How often the challenger is.</param>
/// <param name="Same">How often both are right or wrong by the same luck: 0 for models that have nothing to do with each other, 1 for such that differ only where one is better.</param>
sealed record SyntheticPair(int Count, double[] Shares, double Champion, double Challenger, double Same)
{
    public PairedOutcomes Draw(int draw)
    {
        var random = RandomStream.For(99, draw, "synthetic pair");
        var outcomes = new PairedOutcomes([.. Shares.Select((_, label) => $"c{label:00}")]);
        for (var sample = 0; sample < Count; sample++)
        {
            var label = Label(random.NextDouble() * Shares.Sum());
            // Of each class at least one, as a hold-out has.
            if (sample < Shares.Length) label = sample;
            var (luck, wrong) = (random.NextDouble(), random.Below(Shares.Length - 1));
            var (other, otherWrong) = random.Chance(Same) ? (luck, wrong) : (random.NextDouble(), random.Below(Shares.Length - 1));
            outcomes.Add(label, Answer(luck < Champion, wrong), Answer(other < Challenger, otherWrong));

            int Answer(bool isRight, int which) => isRight ? label : (label + 1 + which) % Shares.Length;
        }
        return outcomes;

        int Label(double at)
        {
            var label = 0;
            while (label < Shares.Length - 1 && (at -= Shares[label]) >= 0) label++;
            return label;
        }
    }
}

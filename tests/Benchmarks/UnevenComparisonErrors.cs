using PSFineTune.Comparison;
using PSFineTune.Metrics;

namespace PSFineTune.Benchmarks;

/// <summary>How often Compare-FineTuneModel is wrong by macro-F1 where classes are small, and models err in other ways than each other.</summary>
static class UnevenComparisonErrors
{
    static readonly (string Name, double[] Shares, int[] Counts)[] s_shapes =
    [
        ("90, 6, 3, 1 %", [90, 6, 3, 1], [180, 500, 2000]), ("95, 5 %", [95, 5], [200, 500]), ("90, 10 %", [90, 10], [30, 60, 200]), ("97, 3 %", [97, 3], [100, 500]),
        ("94, 2, 2, 2 %", [94, 2, 2, 2], [100, 500]), ("2 even", [1, 1], [50, 180, 1000]), ("10 even", [.. Enumerable.Repeat(1.0, 10)], [180, 1000]),
    ];

    /// <param name="draws">Pairs of models of each kind.</param>
    /// <param name="resamples">Of the bootstrap of each pair.</param>
    public static IEnumerable<object> Simulated(int draws, int resamples)
    {
        var superior = new ComparisonSettings { Metric = ComparedMetric.MacroF1, Resamples = resamples };
        var notWorse = superior with { Mode = ComparisonMode.NonInferiority };
        foreach (var (name, shares, counts) in s_shapes)
            foreach (var count in counts)
            {
                double[] usual = All(shares, 0.85);
                var margin = UnevenPair.MacroF1(shares, usual) - notWorse.Margin;
                yield return Row("NonInferiority: worse by the margin, all classes", name, notWorse, new(count, shares, usual, Reaching(shares, margin, right => All(shares, right))), draws);
                double[] rarest(double right) => [.. usual[..^1], right];
                if (UnevenPair.MacroF1(shares, rarest(0)) < margin)
                    yield return Row("NonInferiority: worse by the margin, the rarest class", name, notWorse, new(count, shares, usual, Reaching(shares, margin, rarest)), draws);
                // One finds all of the rarest class, and names so much of the largest otherwise that macro-F1 is the same.
                double[] other = Reaching(shares, UnevenPair.MacroF1(shares, usual), right => [right, .. usual[1..^1], 1]);
                yield return Row("Superiority: as good, the challenger finds the rarest", name, superior, new(count, shares, usual, other), draws);
                yield return Row("Superiority: as good, the champion finds the rarest", name, superior, new(count, shares, other, usual), draws);
                foreach (var single in new[] { usual, [.. All(shares, 0.97)[..^1], 0.5] })
                    yield return Floor(single[0] == single[^1] ? "Floor: all classes" : "Floor: the rarest is hard", name, superior with { MinimumMetric = UnevenPair.MacroF1(shares, single) }, new(count, shares, single, single), draws);
                yield return Row("NonInferiority: as good (power)", name, notWorse, new(count, shares, usual, usual), draws);
            }
    }

    static double[] All(double[] shares, double right) => [.. shares.Select(_ => right)];

    // Macro-F1 rises with how often a class is right.
    static double[] Reaching(double[] shares, double metric, Func<double, double[]> of) => of(BinomialLaw.Root(right => UnevenPair.MacroF1(shares, of(right)) - metric, 0, 1));

    static object Row(string what, string shape, ComparisonSettings settings, UnevenPair pair, int draws)
    {
        var (promoted, rejected) = (0, 0);
        Parallel.For(0, draws, draw =>
        {
            var (outcomes, seeded) = (pair.Draw(draw), settings with { Seed = draw });
            // What draws can only widen needs none of them where it is wide enough to hold.
            var known = MacroF1Bounds.Widened(new(new() { Low = 1, High = -1 }, new(), new(), 0), outcomes, seeded).Gain;
            var line = settings.Mode == ComparisonMode.Superiority ? 0 : -settings.Margin;
            if (known.Low <= line && known.High >= line && ClassRecalls.Of(outcomes, seeded).All(one => one.Verdict != ClassVerdict.Worse)) return;
            Count(PairedComparison.Of(outcomes, seeded, default).Verdict, ref promoted, ref rejected);
        });
        return new { what, shape, pair.Count, draws, promoted = promoted / (double)draws, rejected = rejected / (double)draws };
    }

    static object Floor(string what, string shape, ComparisonSettings settings, UnevenPair pair, int draws)
    {
        var (promoted, rejected) = (0, 0);
        Parallel.For(0, draws, draw =>
        {
            var tally = new ConfusionTally(pair.Shares.Length);
            foreach (var cell in pair.Draw(draw).Cells)
                for (var at = 0; at < cell.Count; at++) tally.Add(cell.Label, cell.Champion);
            Count(FirstComparison.Of(tally, [.. pair.Shares.Select((_, label) => $"c{label:00}")], settings with { Seed = draw }, default).Verdict, ref promoted, ref rejected);
        });
        return new { what, shape, pair.Count, draws, promoted = promoted / (double)draws, rejected = rejected / (double)draws };
    }

    static void Count(PromotionVerdict verdict, ref int promoted, ref int rejected)
    {
        if (verdict == PromotionVerdict.Promote) Interlocked.Increment(ref promoted);
        if (verdict == PromotionVerdict.Reject) Interlocked.Increment(ref rejected);
    }
}

/// <summary>Two models that are right a share of the time that differs between classes; wrong answers are any other class.</summary>
/// <param name="Count">Samples, of classes by chance: some may have none.</param>
/// <param name="Shares">Of the classes, in any unit.</param>
/// <param name="Champion">How often the champion is right on each class.</param>
/// <param name="Challenger">How often the challenger is.</param>
sealed record UnevenPair(int Count, double[] Shares, double[] Champion, double[] Challenger)
{
    // How often both answer by the same luck.
    const double Same = 0.6;

    /// <summary>Of all samples that there could be.</summary>
    public static double MacroF1(double[] shares, double[] right)
    {
        var (all, wrong) = (shares.Sum(), shares.Select((share, label) => share * (1 - right[label]) / (shares.Length - 1)).ToArray());
        return shares.Select((share, label) => 2 * share * right[label] / all / ((share + share * right[label] + wrong.Sum() - wrong[label]) / all)).Average();
    }

    public PairedOutcomes Draw(int draw)
    {
        var (random, all) = (RandomStream.For(98, draw, "uneven pair"), Shares.Sum());
        var outcomes = new PairedOutcomes([.. Shares.Select((_, label) => $"c{label:00}")]);
        for (var sample = 0; sample < Count; sample++)
        {
            var (at, label) = (random.NextDouble() * all, 0);
            while (label < Shares.Length - 1 && (at -= Shares[label]) >= 0) label++;
            var (luck, wrong) = (random.NextDouble(), random.Below(Shares.Length - 1));
            var (other, otherWrong) = random.Chance(Same) ? (luck, wrong) : (random.NextDouble(), random.Below(Shares.Length - 1));
            outcomes.Add(label, Answer(luck < Champion[label], wrong), Answer(other < Challenger[label], otherWrong));

            int Answer(bool isRight, int which) => isRight ? label : (label + 1 + which) % Shares.Length;
        }
        return outcomes;
    }
}

using PSFineTune.Metrics;

namespace PSFineTune.Comparison;

/// <summary>
/// Whether any class got worse by more than the margin. That one did must be beyond chance for all classes together (Holm 1979,
/// at half of the level), and twice: its recall fell at all, by the exact test, which a few samples cannot pass, and by more
/// than the margin, by the score test. That one did not is said of it alone, where all of its interval lies above the margin:
/// whoever wants it of every class asks each of them, so that nothing is to be corrected, and few samples never say it.
/// </summary>
static class ClassRecalls
{
    /// <summary>One for each class of a sample or of a model.</summary>
    public static IReadOnlyList<ComparedClass> Of(PairedOutcomes outcomes, ComparisonSettings settings)
    {
        ComparedClass[] all = [.. outcomes.Classes.Select((name, label) => Compared(name, outcomes.CountsOf(label), settings))];
        var (judged, worse) = (all.Where(one => one.Support > 0).OrderBy(one => one.PValue).ToList(), new HashSet<string>());
        foreach (var (one, rank) in judged.Select((one, rank) => (one, rank)).TakeWhile(pair => pair.one.PValue <= settings.Level / 2 / (judged.Count - pair.rank))) worse.Add(one.Label);
        return [.. all.Select(one => one with { Verdict = worse.Contains(one.Label) ? ClassVerdict.Worse : one.DifferenceInterval.Low > -settings.Margin ? ClassVerdict.NonInferior : ClassVerdict.Inconclusive })];
    }

    static ComparedClass Compared(string name, PairedCounts counts, ComparisonSettings settings)
    {
        var support = counts.BothRight + counts.OnlyChampion + counts.OnlyChallenger + counts.BothWrong;
        if (support == 0) return new() { Label = name, DifferenceInterval = new() { Confidence = 1 - settings.Level } };
        var shares = new PairedShares(counts.OnlyChallenger, counts.OnlyChampion, support);
        return new()
        {
            Label = name, Support = support,
            ChampionRecall = (counts.BothRight + counts.OnlyChampion) / (double)support,
            ChallengerRecall = (counts.BothRight + counts.OnlyChallenger) / (double)support,
            Difference = shares.Difference, DifferenceInterval = shares.Interval(1 - settings.Level),
            PValue = Math.Max(PairedTest.ChanceOfFirst(counts.OnlyChampion, counts.OnlyChallenger), NormalLaw.Below(shares.Score(-settings.Margin))),
        };
    }
}

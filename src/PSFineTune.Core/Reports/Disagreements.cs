using PSFineTune.Packaging;

namespace PSFineTune.Reports;

/// <summary>Samples that one run gets right and another wrong.</summary>
static class Disagreements
{
    /// <summary>How many only the first gets right, and how many only the second.</summary>
    public static (int First, int Second) Count(RunReading first, RunReading second)
    {
        var differing = Pairs(first, second).ToList();
        return (differing.Count(pair => pair.One.Right), differing.Count(pair => pair.Other.Right));
    }

    /// <summary>Those that the first gets right and then those that it gets wrong, the surest mistakes first.</summary>
    /// <param name="first">Judged.</param>
    /// <param name="second">Judged on the same samples.</param>
    /// <param name="cards">Of these data.</param>
    /// <param name="most">In all.</param>
    public static IEnumerable<Disagreement> Of(RunReading first, RunReading second, SampleCards cards, int most) =>
        from side in Pairs(first, second).GroupBy(pair => pair.One.Right)
        from ranked in side.OrderByDescending(pair => pair.One.Right ? pair.Other.Confidence : pair.One.Confidence).Select((pair, rank) => (pair, rank)).Take(most / 2)
        orderby ranked.pair.One.Right descending, ranked.rank
        let pair = ranked.pair
        select new Disagreement(cards.Of(pair.One, first.Run.Record.Classes), second.Run.Record.Classes[pair.Other.Predicted], pair.Other.Confidence);

    static IEnumerable<(Verdict One, Verdict Other)> Pairs(RunReading first, RunReading second)
    {
        var others = second.Verdicts.ToDictionary(verdict => verdict.Row);
        return from verdict in first.Verdicts
               where others.TryGetValue(verdict.Row, out var other) && verdict.Right != other.Right
               select (verdict, others[verdict.Row]);
    }
}

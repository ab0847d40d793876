using PSFineTune.Packaging;

namespace PSFineTune.Reports;

/// <summary>Which samples of a confusion matrix a page shows: some of every cell before more of one, mistakes first.</summary>
static class CellExamples
{
    const int OfMistakes = 8, OfRight = 3;

    /// <param name="verdicts">Of all judged samples.</param>
    /// <param name="most">Samples in all.</param>
    public static Dictionary<(int Row, int Column), List<Verdict>> Of(IReadOnlyList<Verdict> verdicts, int most)
    {
        var ranked = from verdict in verdicts
                     group verdict by (verdict.Label, verdict.Predicted) into cell
                     from one in cell.OrderByDescending(verdict => verdict.Confidence).ThenBy(verdict => verdict.Row).Select((verdict, rank) => (verdict, rank)).Take(cell.Key.Label == cell.Key.Predicted ? OfRight : OfMistakes)
                     orderby one.rank, one.verdict.Right, cell.Count() descending, one.verdict.Row
                     select one.verdict;
        return ranked.Take(most).GroupBy(verdict => (verdict.Label, verdict.Predicted)).ToDictionary(cell => cell.Key, cell => cell.ToList());
    }
}

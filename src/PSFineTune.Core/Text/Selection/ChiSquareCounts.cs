namespace PSFineTune.Text.Selection;

/// <summary>
/// Chi-square of the term's values summed by class against those that the classes' shares of the documents would give, as
/// scikit-learn's chi2: the sum over classes of (observed - expected)^2 / expected. A term that occurs twice counts twice.
/// </summary>
public sealed record ChiSquareCounts : TermScorer
{
    internal override double Score(TermTable table, Span<double> byClass)
    {
        var (sum, score) = (0.0, 0.0);
        foreach (var value in table.Sums) sum += value;
        for (var label = 0; label < byClass.Length; label++)
        {
            var expected = sum * table.Documents[label] / table.All;
            byClass[label] = expected == 0 ? 0 : (table.Sums[label] - expected) * (table.Sums[label] - expected) / expected;
            score += byClass[label];
        }
        return score;
    }
}

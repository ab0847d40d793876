namespace PSFineTune.Text.Selection;

/// <summary>Says how much a term tells of the classes: the terms with the highest scores are the ones to keep.</summary>
public abstract record TermScorer
{
    /// <summary>The score of a term.</summary>
    /// <param name="table">Of the term.</param>
    /// <param name="byClass">Filled with its score for each class where the formula has one, else with NaN.</param>
    internal abstract double Score(TermTable table, Span<double> byClass);
}

/// <summary>How the scores of a term for the classes become one.</summary>
public enum ClassScores
{
    /// <summary>The highest.</summary>
    Maximum,

    /// <summary>The mean, each class weighted by its share of the documents.</summary>
    WeightedMean,
}

/// <summary>A formula for a term and one class, whose scores for all classes are combined.</summary>
public abstract record ClasswiseScorer : TermScorer
{
    /// <summary>How a term's scores for the classes become one (Yang and Pedersen 1997 define both).</summary>
    public ClassScores Combine { get; init; }

    /// <summary>The score for one class; NaN where the formula has none, and the class is left out.</summary>
    private protected abstract double Score(TermCell cell);

    internal sealed override double Score(TermTable table, Span<double> byClass)
    {
        var (best, sum, weight) = (double.NegativeInfinity, 0.0, 0.0);
        for (var label = 0; label < byClass.Length; label++)
        {
            var score = byClass[label] = Score(table[label]);
            if (double.IsNaN(score)) continue;
            best = Math.Max(best, score);
            (sum, weight) = (sum + table.Documents[label] * score, weight + table.Documents[label]);
        }
        return Combine == ClassScores.Maximum ? best : weight == 0 ? double.NegativeInfinity : sum / weight;
    }
}

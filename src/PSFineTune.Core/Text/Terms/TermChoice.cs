using PSFineTune.Text.Selection;

namespace PSFineTune.Text.Terms;

/// <summary>A term and how much it tells of the classes.</summary>
public sealed record TermScore
{
    public string Term { get; init; } = "";

    /// <summary>By the formula that was asked for; higher tells more.</summary>
    public double Score { get; init; }

    /// <summary>Training texts that contain it.</summary>
    public int Documents { get; init; }

    /// <summary>Score for each class, where the formula has one; NaN where it has none.</summary>
    public IReadOnlyDictionary<string, double> ByClass { get; init; } = new Dictionary<string, double>();
}

/// <summary>Which terms of the training texts count.</summary>
static class TermChoice
{
    /// <summary>Terms by score, highest first; of equal ones the first in ordinal order.</summary>
    public static IReadOnlyList<TermScore> Scores(TermCensus census, TextPipeline pipeline, TermScorer scorer, IReadOnlyList<string> classes)
    {
        var byClass = new double[classes.Count];
        return [.. Frequent(census, pipeline).Select(term => new TermScore
        {
            Term = term,
            Score = census.Score(term, scorer, byClass),
            Documents = census.DocumentsWith(term),
            ByClass = classes.Zip(byClass).ToDictionary(pair => pair.First, pair => pair.Second),
        }).OrderByDescending(scored => scored.Score).ThenBy(scored => scored.Term, StringComparer.Ordinal)];
    }

    /// <summary>The terms of the pipeline in ordinal order: frequent enough, and of those the ones that tell most.</summary>
    public static IReadOnlyList<string> Of(TermCensus census, TextPipeline pipeline, IReadOnlyList<string> classes)
    {
        if (pipeline.Selector is not { } scorer) return [.. Frequent(census, pipeline).Order(StringComparer.Ordinal)];
        var byClass = new double[classes.Count];
        return [.. Frequent(census, pipeline).Select(term => (Term: term, Score: census.Score(term, scorer, byClass)))
            .OrderByDescending(scored => scored.Score).ThenBy(scored => scored.Term, StringComparer.Ordinal)
            .Take(pipeline.K).Select(scored => scored.Term).Order(StringComparer.Ordinal)];
    }

    static IEnumerable<string> Frequent(TermCensus census, TextPipeline pipeline)
    {
        var most = pipeline.MaxDocumentShare * census.Documents;
        var terms = census.Terms.Where(term => census.DocumentsWith(term) is var count && count >= pipeline.MinDocuments && count <= most);
        return pipeline.VocabularySize == 0 ? terms
            : terms.OrderByDescending(census.Total).ThenBy(term => term, StringComparer.Ordinal).Take(pipeline.VocabularySize);
    }
}

namespace PSFineTune.Text.Selection;

/// <summary>Count of the documents that contain the term; knows nothing of the classes.</summary>
public sealed record DocumentFrequency : TermScorer
{
    internal override double Score(TermTable table, Span<double> byClass)
    {
        for (var label = 0; label < byClass.Length; label++) byClass[label] = table.Containing[label];
        return table.With;
    }
}

namespace PSFineTune.Text.Selection;

/// <summary>Count of the documents that contain the term; knows nothing of the classes.</summary>
public sealed record DocumentFrequency : TermScorer
{
    internal override double Score(TermTable table, Span<double> byClass)
    {
        var sum = 0.0;
        for (var label = 0; label < byClass.Length; label++) sum += byClass[label] = table.Containing[label];
        return sum;
    }
}

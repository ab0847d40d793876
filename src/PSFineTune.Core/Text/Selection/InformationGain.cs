namespace PSFineTune.Text.Selection;

/// <summary>
/// By how much knowing whether a term is there lessens the entropy of the class, in nats, over all classes at once (Yang and
/// Pedersen 1997). It is the mutual information of presence and class, as scikit-learn's mutual_info_classif gives it for
/// features that are 0 or 1.
/// </summary>
public sealed record InformationGain : TermScorer
{
    internal override double Score(TermTable table, Span<double> byClass)
    {
        double with = table.With, all = table.All, gain = 0;
        for (var label = 0; label < byClass.Length; label++)
        {
            double there = table.Containing[label], documents = table.Documents[label];
            byClass[label] = MutualInformation.Part(there, with, documents, all) + MutualInformation.Part(documents - there, all - with, documents, all);
            gain += byClass[label];
        }
        return gain;
    }
}

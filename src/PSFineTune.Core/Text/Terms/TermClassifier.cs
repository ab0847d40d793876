using PSFineTune.Packaging;

namespace PSFineTune.Text.Terms;

/// <summary>A trained model of sparse rows. Read by any number of threads.</summary>
abstract class TermClassifier
{
    /// <summary>Class probabilities of a row, summing to 1.</summary>
    /// <param name="columns">Ascending.</param>
    /// <param name="values">As many.</param>
    public abstract float[] Score(ReadOnlySpan<int> columns, ReadOnlySpan<double> values);

    /// <summary>What each value of a row adds to the decision for a class; null where the decision is no sum over values.</summary>
    public virtual double[]? Contributions(ReadOnlySpan<int> columns, ReadOnlySpan<double> values, int label) => null;

    /// <summary>What it takes to be loaded again.</summary>
    public abstract IEnumerable<StoredTensor> Store();
}

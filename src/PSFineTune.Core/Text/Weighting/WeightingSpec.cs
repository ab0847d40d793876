namespace PSFineTune.Text.Weighting;

/// <summary>What a term that stands in a text counts there.</summary>
public abstract record WeightingSpec
{
    /// <summary>The factor of a term, learned from the training texts.</summary>
    /// <param name="documents">Training texts, above 0.</param>
    /// <param name="containing">Those with the term.</param>
    internal virtual double TermFactor(int documents, int containing) => 1;

    /// <summary>What a count becomes before the factor.</summary>
    /// <param name="count">How often the term stands in the text, above 0.</param>
    internal abstract double Of(int count);

    /// <summary>The value of <see cref="Of"/> times the factor, as exported models name it.</summary>
    internal abstract string Formula { get; }

    /// <summary>What <see cref="Scale"/> divides by, as exported models name it.</summary>
    internal virtual string Divisor => "none";

    /// <summary>Brings a text's values to a common length, in place.</summary>
    internal virtual void Scale(Span<double> values) { }
}

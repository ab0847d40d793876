namespace PSFineTune.Text.Weighting;

/// <summary>How long a text's values are together.</summary>
public enum Norm
{
    /// <summary>The square root of the sum of squares is 1.</summary>
    L2,

    /// <summary>The sum of absolute values is 1.</summary>
    L1,

    /// <summary>As they come.</summary>
    None,
}

/// <summary>
/// Count times inverse document frequency, as scikit-learn's TfidfVectorizer: ln((1 + n) / (1 + df)) + 1 where smooth, else
/// ln(n / df) + 1, of n training texts of which df have the term; sublinear counts are 1 + ln(count). Texts are then brought
/// to one length.
/// </summary>
public sealed record TfIdf : WeightingSpec
{
    /// <summary>1 + ln(count) in place of the count.</summary>
    public bool Sublinear { get; init; }

    /// <summary>As if one more text had every term.</summary>
    public bool SmoothIdf { get; init; } = true;

    /// <summary>Length that each text is brought to.</summary>
    public Norm Norm { get; init; } = Norm.L2;

    internal override double TermFactor(int documents, int containing)
    {
        var more = SmoothIdf ? 1 : 0;
        // A term of no training text, of a given vocabulary: as rare as can be.
        return Math.Log((double)(documents + more) / Math.Max(1, containing + more)) + 1;
    }

    internal override double Of(int count) => Sublinear ? 1 + Math.Log(count) : count;

    internal override string Formula => Sublinear ? "(1 + ln(count)) * factor" : "count * factor";

    internal override string Divisor => Norm switch { Norm.L2 => "sqrt(sum(weights ** 2))", Norm.L1 => "sum(abs(weights))", _ => "none" };

    internal override void Scale(Span<double> values)
    {
        var length = 0.0;
        if (Norm == Norm.L2) foreach (var value in values) length += value * value;
        else if (Norm == Norm.L1) foreach (var value in values) length += Math.Abs(value);
        if (Norm == Norm.L2) length = Math.Sqrt(length);
        if (length > 0) foreach (ref var value in values) value /= length;
    }
}

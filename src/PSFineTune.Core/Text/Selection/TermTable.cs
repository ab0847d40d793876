namespace PSFineTune.Text.Selection;

/// <summary>In how many documents of each class a term stands, and how many documents each class has.</summary>
/// <param name="Containing">By class: documents with the term.</param>
/// <param name="Sums">By class: the term's values summed over documents; as <paramref name="Containing"/> where values are 0 and 1.</param>
/// <param name="Documents">By class.</param>
readonly ref struct TermTable(ReadOnlySpan<int> Containing, ReadOnlySpan<double> Sums, ReadOnlySpan<int> Documents)
{
    public ReadOnlySpan<int> Containing { get; } = Containing;

    public ReadOnlySpan<double> Sums { get; } = Sums;

    public ReadOnlySpan<int> Documents { get; } = Documents;

    /// <summary>Documents with the term.</summary>
    public int With { get; } = Total(Containing);

    /// <summary>Documents.</summary>
    public int All { get; } = Total(Documents);

    /// <summary>The two-by-two table of the term and one class.</summary>
    public TermCell this[int label] => new(Containing[label], With - Containing[label], Documents[label] - Containing[label], All - With - Documents[label] + Containing[label]);

    static int Total(ReadOnlySpan<int> counts)
    {
        var sum = 0;
        foreach (var count in counts) sum += count;
        return sum;
    }
}

/// <summary>Documents by whether they contain a term and are of a class, named as in Yang and Pedersen 1997.</summary>
/// <param name="A">Of the class, with the term.</param>
/// <param name="B">Of other classes, with the term.</param>
/// <param name="C">Of the class, without the term.</param>
/// <param name="D">Of other classes, without the term.</param>
readonly record struct TermCell(double A, double B, double C, double D)
{
    public double All => A + B + C + D;
}

namespace PSFineTune.Packaging;

/// <summary>A term of a text, and what it did for the predicted class.</summary>
public sealed record TermWeight
{
    public string Term { get; init; } = "";

    /// <summary>What it added to the decision for the class, below 0 where it spoke against it: weight x value of a linear model, gradient x input of a network.</summary>
    public double Weight { get; init; }

    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Term} {Weight:+0.00;-0.00}");

    /// <summary>Those with the largest weights, whatever their sign; the earlier ones first where they are equal.</summary>
    internal static IReadOnlyList<TermWeight> Strongest(IEnumerable<TermWeight> terms, int top) =>
        [.. terms.Where(term => term.Weight != 0).OrderByDescending(term => Math.Abs(term.Weight)).Take(top)];
}

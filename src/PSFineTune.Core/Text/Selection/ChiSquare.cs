namespace PSFineTune.Text.Selection;

/// <summary>
/// Chi-square of the two-by-two table of term and class: N (AD - CB)^2 / ((A + C) (B + D) (A + B) (C + D)) over documents
/// with and without the term, in the class and outside it (Yang and Pedersen 1997, A comparative study on feature selection
/// in text categorization).
/// </summary>
public sealed record ChiSquare : ClasswiseScorer
{
    private protected override double Score(TermCell t)
    {
        var (cross, sides) = (t.A * t.D - t.C * t.B, (t.A + t.C) * (t.B + t.D) * (t.A + t.B) * (t.C + t.D));
        // A term in every document, or in none, tells nothing.
        return sides == 0 ? 0 : t.All * cross * cross / sides;
    }
}

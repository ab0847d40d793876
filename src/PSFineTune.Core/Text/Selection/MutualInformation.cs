namespace PSFineTune.Text.Selection;

/// <summary>Which quantity is called mutual information.</summary>
public enum MutualInformationForm
{
    /// <summary>Of the term's presence and the class alone, log(A N / ((A + C) (A + B))), as in Yang and Pedersen 1997: rare terms score high.</summary>
    Pointwise,

    /// <summary>The mean over the four cells of term and class, as in Manning, Raghavan and Schuetze 2008, Introduction to Information Retrieval, 13.5.1.</summary>
    Average,
}

/// <summary>Mutual information of a term and a class, in nats; of a class without the term the pointwise form has none, and it is left out.</summary>
public sealed record MutualInformation : ClasswiseScorer
{
    /// <summary>Which of the two quantities.</summary>
    public MutualInformationForm Form { get; init; } = MutualInformationForm.Average;

    private protected override double Score(TermCell t) => Form == MutualInformationForm.Pointwise
        ? t.A == 0 ? double.NaN : Math.Log(t.A * t.All / ((t.A + t.C) * (t.A + t.B)))
        : Part(t.A, t.A + t.B, t.A + t.C, t.All) + Part(t.B, t.A + t.B, t.B + t.D, t.All) + Part(t.C, t.C + t.D, t.A + t.C, t.All) + Part(t.D, t.C + t.D, t.B + t.D, t.All);

    /// <summary>One cell's part of a mutual information: its share times the logarithm of how many times larger it is than by chance; 0 for an empty one.</summary>
    internal static double Part(double cell, double row, double column, double all) => cell == 0 ? 0 : cell / all * Math.Log(cell * all / (row * column));
}

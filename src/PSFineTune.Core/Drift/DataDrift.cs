using PSFineTune.Metrics;

namespace PSFineTune.Drift;

/// <summary>What a comparison of new samples with a reference comes to.</summary>
public enum DriftVerdict
{
    /// <summary>Too few samples: no difference was found, and one of at least the least effect is not excluded.</summary>
    Inconclusive,

    /// <summary>Any difference is smaller than the least effect.</summary>
    Stable,

    /// <summary>The new samples are others than the reference, beyond chance, and it may be by the least effect or more.</summary>
    Drifted,
}

/// <summary>Whether new samples look like those that a model was judged on, and how far they are from it.</summary>
public sealed record DataDrift
{
    public DriftVerdict Verdict { get; init; }

    /// <summary>Why, one sentence.</summary>
    public string Reason { get; init; } = "";

    /// <summary>
    /// How often samples of one source would lie as far apart, above 0 to 1: permutation test on the pooled samples, (1 + those
    /// as far apart) / (1 + permutations). Not yet corrected for the second test; the verdict is (Holm 1979).
    /// </summary>
    public double PValue { get; init; } = double.NaN;

    /// <summary>n m / (n + m) times the energy distance of the features (Székely and Rizzo 2004, Testing for equal distributions in high dimension), 0 or above.</summary>
    public double Statistic { get; init; } = double.NaN;

    /// <summary>
    /// Of the mean distance between a new and a reference sample, the share that there would not be within one source:
    /// 1 - (mean within new + mean within reference) / (2 mean between), by means over different samples, so that it is 0 on
    /// average where nothing drifted, and at most 1 (Rizzo and Székely 2016, Energy distance, the coefficient H).
    /// </summary>
    public double Effect { get; init; } = double.NaN;

    /// <summary>Where the effect of as many other samples would lie: percentile bootstrap of both sides, seeded (Efron 1979).</summary>
    public Interval EffectInterval { get; init; } = new();

    /// <summary>The least effect that counts as drift.</summary>
    public double MinimumEffect { get; init; }

    /// <summary>The share of false alarms that was asked for: over both tests together.</summary>
    public double Level { get; init; }

    /// <summary>Whether the classes come in other shares; null where they are not known on both sides.</summary>
    public LabelShift? Labels { get; init; }

    /// <summary>Samples of the reference that were compared.</summary>
    public int ReferenceCount { get; init; }

    /// <summary>New samples that were compared.</summary>
    public int NewCount { get; init; }

    /// <summary>The new samples that lie farthest from the reference, farthest first.</summary>
    public IReadOnlyList<FarSample> Farthest { get; init => field = value.ToIndexable(); } = [];

    /// <summary>Whose features were compared: the run's id, or the package's path; null where it was no trained model's.</summary>
    public string? Model { get; init; }

    /// <summary>What samples were compared by.</summary>
    public string Features { get; init; } = "";

    /// <summary>Where the reference comes from: its root and its splits.</summary>
    public string Reference { get; init; } = "";

    public int Permutations { get; init; }

    public int Seed { get; init; }
}

/// <summary>Whether the classes of new samples come in other shares than those of the reference.</summary>
public sealed record LabelShift
{
    /// <summary>As <see cref="DataDrift.PValue"/>, of the shares.</summary>
    public double PValue { get; init; } = double.NaN;

    /// <summary>Pearson's chi-square of the table of counts, 0 or above.</summary>
    public double Statistic { get; init; } = double.NaN;

    /// <summary>Cramér's V corrected for chance, 0 to 1 (Bergsma 2013, A bias-correction for Cramér's V and Tschuprow's T).</summary>
    public double Effect { get; init; } = double.NaN;

    /// <summary>The least effect that counts as a shift.</summary>
    public double MinimumEffect { get; init; }

    /// <summary>The classes are what the model says; otherwise those that the samples were labelled with.</summary>
    public bool Predicted { get; init; }

    /// <summary>The class whose share moved most first.</summary>
    public IReadOnlyList<ClassShare> Classes { get; init => field = value.ToIndexable(); } = [];
}

/// <summary>How much of the reference and of the new samples is of a class.</summary>
public sealed record ClassShare
{
    public string Label { get; init; } = "";

    /// <summary>0 to 1.</summary>
    public double ReferenceShare { get; init; }

    /// <summary>0 to 1.</summary>
    public double NewShare { get; init; }

    public int ReferenceCount { get; init; }

    public int NewCount { get; init; }
}

/// <summary>A new sample that lies far from the reference.</summary>
public sealed record FarSample
{
    /// <summary>The file, full path; null for a text from no file.</summary>
    public string? Path { get; init; }

    /// <summary>The text; null for an image.</summary>
    public string? Text { get; init; }

    /// <summary>Mean distance to its five nearest samples of the reference, as a multiple of what is usual (the median, of copies apart where most are copies) within the reference; infinite where all of the reference are copies.</summary>
    public double Distance { get; init; }

    /// <summary>What the model says it is; null without a model.</summary>
    public string? Predicted { get; init; }

    /// <summary>Probability of <see cref="Predicted"/>; null without a model.</summary>
    public double? Confidence { get; init; }
}

namespace PSFineTune.Metrics;

/// <summary>How well one class is told from the others; a ratio with nothing below it is 0.</summary>
public sealed record ClassMetric
{
    public string Label { get; init; } = "";

    /// <summary>Share of the samples predicted as this class that are of it, 0 to 1.</summary>
    public double Precision { get; init; }

    /// <summary>Share of the samples of this class that are predicted as it, 0 to 1.</summary>
    public double Recall { get; init; }

    /// <summary>Harmonic mean of precision and recall, 0 to 1.</summary>
    public double F1 { get; init; }

    /// <summary>Samples of this class.</summary>
    public int Support { get; init; }

    /// <summary>Area under the ROC curve of this class against all others, 0 to 1: how often a sample of it is held more probable for it than a sample that is not; NaN where there are none of either.</summary>
    public double AreaUnderRoc { get; init; } = double.NaN;
}

/// <summary>Precision, recall and F1 over all classes, 0 to 1.</summary>
public sealed record AverageMetric
{
    public double Precision { get; init; }

    public double Recall { get; init; }

    public double F1 { get; init; }
}

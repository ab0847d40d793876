namespace PSFineTune.Metrics;

/// <summary>Samples whose predicted class is about as probable.</summary>
public sealed record CalibrationBin
{
    /// <summary>The bin holds confidences above this and up to <see cref="High"/>.</summary>
    public double Low { get; init; }

    public double High { get; init; }

    public int Count { get; init; }

    /// <summary>Mean probability of the predicted class; NaN in an empty bin.</summary>
    public double Confidence { get; init; } = double.NaN;

    /// <summary>Share of these samples whose predicted class is right; NaN in an empty bin.</summary>
    public double Accuracy { get; init; } = double.NaN;
}

namespace PSFineTune.Metrics;

/// <summary>How good a model is on the samples of one value of a metadata column.</summary>
public sealed record SliceMetric
{
    public string Column { get; init; } = "";

    public string Value { get; init; } = "";

    public int Count { get; init; }

    public double Accuracy { get; init; }

    /// <summary>As <see cref="Evaluation.AccuracyInterval"/>.</summary>
    public Interval AccuracyInterval { get; init; } = new();

    public double MacroF1 { get; init; }

    public double LogLoss { get; init; }
}

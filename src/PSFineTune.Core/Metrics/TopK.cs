namespace PSFineTune.Metrics;

/// <summary>Accuracy with more than one guess.</summary>
public sealed record TopK
{
    /// <summary>How many of the most probable classes count, above 0.</summary>
    public int K { get; init; }

    /// <summary>Share of samples whose class is among them, 0 to 1.</summary>
    public double Accuracy { get; init; }
}

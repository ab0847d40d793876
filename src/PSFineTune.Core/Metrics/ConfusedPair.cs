namespace PSFineTune.Metrics;

/// <summary>A class that was taken for another.</summary>
public sealed record ConfusedPair
{
    /// <summary>What they are.</summary>
    public string Label { get; init; } = "";

    /// <summary>What the model says.</summary>
    public string Predicted { get; init; } = "";

    public int Count { get; init; }

    /// <summary>Of the samples of <see cref="Label"/>, 0 to 1.</summary>
    public double Share { get; init; }

    /// <summary>Those that the model was surest of, surest first; as many as were asked for.</summary>
    public IReadOnlyList<SampleLoss> Examples { get; init => field = value.ToIndexable(); } = [];
}

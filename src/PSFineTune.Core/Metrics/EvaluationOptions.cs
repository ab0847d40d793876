namespace PSFineTune.Metrics;

/// <summary>What an evaluation is asked for.</summary>
sealed record EvaluationOptions
{
    /// <summary>How many samples of highest loss, and how many confused pairs.</summary>
    public int Top { get; init; } = 10;

    /// <summary>How many of the most probable classes count; those above the count of classes are left out.</summary>
    public IReadOnlyList<int> TopK { get; init; } = [1, 3, 5];

    /// <summary>Examples of each cell of the confusion matrix.</summary>
    public int Examples { get; init; } = 3;

    /// <summary>Of the intervals; 0 for none.</summary>
    public int Resamples { get; init; } = 2000;

    /// <summary>Of the resamples.</summary>
    public int Seed { get; init; } = 42;

    /// <summary>Metadata columns.</summary>
    public IReadOnlyList<string> SliceBy { get; init; } = [];

    /// <summary>Fit a temperature on the model's own validation samples first.</summary>
    public bool Calibrate { get; init; }

    /// <summary>Items are texts, not files.</summary>
    public bool OfTexts { get; init; }
}

namespace PSFineTune.Metrics;

/// <summary>How wrong the model is about one sample.</summary>
public sealed record SampleLoss
{
    /// <summary>The file; "" for a text.</summary>
    public string Path { get; init; } = "";

    /// <summary>The text; null for an image.</summary>
    public string? Text { get; init; }

    /// <summary>What it is.</summary>
    public string Label { get; init; } = "";

    /// <summary>What the model says.</summary>
    public string Predicted { get; init; } = "";

    /// <summary>Negative natural logarithm of the label's probability.</summary>
    public double Loss { get; init; }

    /// <summary>Probability of the predicted class, 0 to 1.</summary>
    public double Confidence { get; init; }
}

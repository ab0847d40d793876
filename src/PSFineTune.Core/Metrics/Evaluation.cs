using PSFineTune.Packaging;

namespace PSFineTune.Metrics;

/// <summary>How well a model's predictions agree with the labels of some samples.</summary>
public sealed record Evaluation
{
    /// <summary>How many samples were judged.</summary>
    public int Count { get; init; }

    /// <summary>Share of samples whose most probable class is theirs, 0 to 1.</summary>
    public double Accuracy { get; init; }

    /// <summary>Mean F1 of the classes that occur as a label or as a prediction, 0 to 1.</summary>
    public double MacroF1 { get; init; }

    /// <summary>Mean negative natural logarithm of the label's probability, which counts as at least 2^-23, the step of a float at 1.</summary>
    public double LogLoss { get; init; }

    /// <summary>Expected calibration error over 15 bins of equal width, 0 to 1 (Guo et al. 2017, equation 3).</summary>
    public double CalibrationError { get; init; }

    /// <summary>In the order of the classes.</summary>
    public IReadOnlyList<ClassMetric> PerClass { get; init => field = value.ToIndexable(); } = [];

    public Confusion Confusion { get; init; } = new();

    /// <summary>The samples that the model is most wrong about, worst first.</summary>
    public IReadOnlyList<SampleLoss> TopLoss { get; init => field = value.ToIndexable(); } = [];

    /// <summary>The views that each prediction is the mean of; null where samples were judged as they are.</summary>
    public TestTimeAugmentation? TestTimeAugmentation { get; init; }
}

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
}

/// <summary>What was taken for what.</summary>
public sealed record Confusion
{
    /// <summary>Of rows and of columns.</summary>
    public IReadOnlyList<string> Labels { get; init => field = value.ToIndexable(); } = [];

    /// <summary>Row r, column c: samples of class r that were predicted as class c.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Rows { get; init => field = value.ToIndexable(); } = [];
}

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

using PSFineTune.Packaging;

namespace PSFineTune.Metrics;

/// <summary>How well a model's predictions agree with the labels of some samples.</summary>
public sealed record Evaluation
{
    /// <summary>How many samples were judged.</summary>
    public int Count { get; init; }

    /// <summary>Share of samples whose most probable class is theirs, 0 to 1.</summary>
    public double Accuracy { get; init; }

    /// <summary>Where the accuracy of as many other samples would lie: percentile bootstrap over samples, seeded (Efron 1979).</summary>
    public Interval AccuracyInterval { get; init; } = new();

    /// <summary>Share of samples whose class is among the k most probable ones, for each k asked for, ascending.</summary>
    public IReadOnlyList<TopK> TopK { get; init => field = value.ToIndexable(); } = [];

    /// <summary>Mean F1 of the classes that occur as a label or as a prediction, 0 to 1.</summary>
    public double MacroF1 { get; init; }

    /// <summary>As <see cref="AccuracyInterval"/>, of macro-F1.</summary>
    public Interval MacroF1Interval { get; init; } = new();

    /// <summary>Plain means over the classes that occur as a label or as a prediction; its recall is the balanced accuracy.</summary>
    public AverageMetric Macro { get; init; } = new();

    /// <summary>Means over the classes, each weighted by its support.</summary>
    public AverageMetric Weighted { get; init; } = new();

    /// <summary>Mean over the classes of the area under the ROC curve of each against all others, 0 to 1; NaN where a class has all samples or none.</summary>
    public double MacroAreaUnderRoc { get; init; } = double.NaN;

    /// <summary>Mean negative natural logarithm of the label's probability, which counts as at least 2^-23, the step of a float at 1.</summary>
    public double LogLoss { get; init; }

    /// <summary>Expected calibration error over 15 bins of equal width, 0 to 1 (Guo et al. 2017, equation 3).</summary>
    public double CalibrationError { get; init; }

    /// <summary>Mean over samples of the squared distance between probabilities and truth, summed over the classes, 0 to 2 (Brier 1950).</summary>
    public double Brier { get; init; }

    /// <summary>The bins behind <see cref="CalibrationError"/>, ascending; those without a sample too.</summary>
    public IReadOnlyList<CalibrationBin> Calibration { get; init => field = value.ToIndexable(); } = [];

    /// <summary>What logits are divided by before they become probabilities (Guo et al. 2017); 1 where nothing was fitted.</summary>
    public double Temperature { get; init; } = 1;

    /// <summary>In the order of the classes.</summary>
    public IReadOnlyList<ClassMetric> PerClass { get; init => field = value.ToIndexable(); } = [];

    public Confusion Confusion { get; init; } = new();

    /// <summary>The samples that the model is most wrong about, worst first.</summary>
    public IReadOnlyList<SampleLoss> TopLoss { get; init => field = value.ToIndexable(); } = [];

    /// <summary>Pairs of classes of which one was taken for the other, most frequent first.</summary>
    public IReadOnlyList<ConfusedPair> MostConfused { get; init => field = value.ToIndexable(); } = [];

    /// <summary>The same measures for the samples of each value of a metadata column; empty where none was asked for.</summary>
    public IReadOnlyList<SliceMetric> Slices { get; init => field = value.ToIndexable(); } = [];

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

/// <summary>Accuracy with more than one guess.</summary>
public sealed record TopK
{
    /// <summary>How many of the most probable classes count, above 0.</summary>
    public int K { get; init; }

    /// <summary>Share of samples whose class is among them, 0 to 1.</summary>
    public double Accuracy { get; init; }
}

/// <summary>A range that holds a measure with a given confidence.</summary>
public sealed record Interval
{
    public double Low { get; init; } = double.NaN;

    public double High { get; init; } = double.NaN;

    /// <summary>Above 0 and below 1.</summary>
    public double Confidence { get; init; } = 0.95;
}

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

using PSFineTune.Packaging;

namespace PSFineTune.Metrics;

/// <summary>How well a model's predictions agree with the labels of some samples.</summary>
public sealed record Evaluation
{
    /// <summary>How many samples were judged.</summary>
    public int Count { get; init; }

    /// <summary>Share of samples whose most probable class is theirs, 0 to 1.</summary>
    public double Accuracy { get; init; }

    /// <summary>Where the accuracy of as many other samples would lie: percentile bootstrap over samples, seeded (Efron 1979); it always holds the measure itself, and is NaN where no resamples were asked for.</summary>
    public Interval AccuracyInterval { get; init; } = new();

    /// <summary>Share of samples whose class is among the k most probable ones, for each k asked for, ascending.</summary>
    public IReadOnlyList<TopK> TopK { get; init => field = value.ToIndexable(); } = [];

    /// <summary>Mean F1 of the classes that occur as a label or as a prediction, 0 to 1.</summary>
    public double MacroF1 { get; init; }

    /// <summary>As <see cref="AccuracyInterval"/>, of macro-F1.</summary>
    public Interval MacroF1Interval { get; init; } = new();

    /// <summary>Plain means over the classes that occur as a label or as a prediction; where every class has samples its recall is the balanced accuracy.</summary>
    public AverageMetric Macro { get; init; } = new();

    /// <summary>Means over the classes, each weighted by its support.</summary>
    public AverageMetric Weighted { get; init; } = new();

    /// <summary>Mean over the classes of the area under the ROC curve of each against all others, 0 to 1; classes that have all samples or none do not count, and NaN is where no class counts.</summary>
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

    /// <summary>Pairs of classes of which one was taken for the other, most frequent first; as many as mistakes were asked for.</summary>
    public IReadOnlyList<ConfusedPair> MostConfused { get; init => field = value.ToIndexable(); } = [];

    /// <summary>The same measures for the samples of each value of a metadata column; empty where none was asked for.</summary>
    public IReadOnlyList<SliceMetric> Slices { get; init => field = value.ToIndexable(); } = [];

    /// <summary>Every cell of the confusion matrix that has samples, the right ones too, row after row: what a report draws.</summary>
    internal IReadOnlyList<ConfusedPair> Cells { get; init; } = [];

    /// <summary>The views that each prediction is the mean of; null where samples were judged as they are.</summary>
    public TestTimeAugmentation? TestTimeAugmentation { get; init; }
}

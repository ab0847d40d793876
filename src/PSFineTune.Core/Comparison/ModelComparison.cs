using System.Text.Json.Serialization;
using PSFineTune.Metrics;

namespace PSFineTune.Comparison;

/// <summary>What becomes of a challenger.</summary>
public enum PromotionVerdict
{
    /// <summary>The champion stays: what was asked for is not shown, though it may be so.</summary>
    Hold,

    /// <summary>The challenger takes the champion's place.</summary>
    Promote,

    /// <summary>The champion stays: the challenger is worse, beyond chance.</summary>
    Reject,
}

/// <summary>What is known of one class's recall.</summary>
public enum ClassVerdict
{
    /// <summary>Too few samples of the class to say.</summary>
    Inconclusive,

    /// <summary>It did not fall by the margin or more, beyond chance.</summary>
    NonInferior,

    /// <summary>It fell by more than the margin, beyond chance.</summary>
    Worse,
}

/// <summary>A champion and a challenger on the same samples, and which of them is to be used.</summary>
public sealed record ModelComparison
{
    public PromotionVerdict Verdict { get; init; }

    /// <summary>Why, one sentence.</summary>
    public string Reason { get; init; } = "";

    /// <summary>What was found did not promote the challenger, and <see cref="ForceReason"/> does.</summary>
    public bool Forced { get; init; }

    /// <summary>Why whoever forced it did; null where nobody did.</summary>
    public string? ForceReason { get; init; }

    /// <summary>What was found; other than <see cref="Verdict"/> only where it was forced.</summary>
    public PromotionVerdict FoundVerdict { get; init; }

    /// <summary>The model that is in use; null where there is none yet.</summary>
    public ComparedModel? Champion { get; init; }

    public ComparedModel Challenger { get; init; } = new();

    /// <summary>Samples that both were judged on.</summary>
    public int Count { get; init; }

    /// <summary>By how much the challenger's metric is above the champion's, -1 to 1; NaN without a champion or samples.</summary>
    public double Gain { get; init; } = double.NaN;

    /// <summary>Paired bootstrap, stratified by class, percentiles, seeded (Efron 1979); of macro-F1 widened where classes are too small for draws to know their spread, see docs/comparison.md.</summary>
    public Interval GainInterval { get; init; } = new();

    /// <summary>
    /// How often models that are as good as each other lie as far apart, 0 to 1, two-sided: of accuracy the exact test of
    /// McNemar, of macro-F1 the share of random exchanges of the two models' answers (Yeh 2000); NaN without a champion.
    /// </summary>
    public double PValue { get; init; } = double.NaN;

    /// <summary>Who is right where.</summary>
    public PairedCounts McNemar { get; init; } = new();

    /// <summary>Recall of each class in ordinal order.</summary>
    public IReadOnlyList<ComparedClass> Classes { get; init => field = value.ToIndexable(); } = [];

    /// <summary>The least gain that as many samples show with probability <see cref="Power"/>, where the models differ as often as they did here; NaN where none does.</summary>
    public double SmallestDetectableGain { get; init; } = double.NaN;

    /// <summary>Of <see cref="SmallestDetectableGain"/>.</summary>
    public double Power { get; init; } = double.NaN;

    /// <summary>About how many samples would show a gain like this one with probability <see cref="Power"/>; null where there is none.</summary>
    public int? SamplesNeeded { get; init; }

    /// <summary>SHA-256 over content and label of the hold-out samples, sorted, before any is left out; lower-case hexadecimal.</summary>
    public string HoldOutHash { get; init; } = "";

    /// <summary>Where the hold-out comes from, and its split.</summary>
    public string HoldOut { get; init; } = "";

    /// <summary>Hold-out samples that did not count.</summary>
    public LeftOutSamples LeftOut { get; init; } = new();

    /// <summary>Pairs of models that this hold-out has decided on in this workspace, this one included where it decides.</summary>
    public int HoldOutUses { get; init; }

    /// <summary>What an operator should know besides the verdict.</summary>
    public IReadOnlyList<string> Warnings { get; init => field = value.ToIndexable(); } = [];

    public ComparisonSettings Settings { get; init; } = new();

    /// <summary>What it was compared by.</summary>
    [JsonIgnore]
    public ComparedMetric Metric => Settings.Metric;
}

/// <summary>One of two models that are compared.</summary>
public sealed record ComparedModel
{
    /// <summary>The run's id, else the file's name.</summary>
    public string Name { get; init; } = "";

    /// <summary>The run's folder or the package's file.</summary>
    public string Path { get; init; } = "";

    /// <summary>The run it came from; empty where that is not known.</summary>
    public string RunId { get; init; } = "";

    /// <summary>SHA-256 over name, dtype, shape and bytes of the tensors, in ordinal name order, as they were read for the comparison; lower-case hexadecimal.</summary>
    public string WeightsHash { get; init; } = "";

    /// <summary>The metric that is compared, 0 to 1; NaN without samples.</summary>
    public double Metric { get; init; } = double.NaN;

    /// <summary>Of <see cref="Metric"/>: of accuracy exact (Clopper and Pearson 1934), of macro-F1 the bootstrap's, widened where classes are small (Korn and Graubard 1998).</summary>
    public Interval Interval { get; init; } = new();

    /// <summary>Share of samples that are named right, 0 to 1.</summary>
    public double Accuracy { get; init; } = double.NaN;

    /// <summary>Mean F1 of the classes that occur as a label or as this model's prediction, 0 to 1.</summary>
    public double MacroF1 { get; init; } = double.NaN;

    /// <summary>Classes of the samples that the model does not know: all such samples count as its mistakes.</summary>
    public IReadOnlyList<string> UnknownClasses { get; init => field = value.ToIndexable(); } = [];
}

/// <summary>Samples by who names them right; McNemar's table (1947).</summary>
public sealed record PairedCounts
{
    public int BothRight { get; init; }

    public int OnlyChampion { get; init; }

    public int OnlyChallenger { get; init; }

    public int BothWrong { get; init; }

    /// <summary>Exact and two-sided, 0 to 1; NaN without a champion.</summary>
    public double PValue { get; init; } = double.NaN;
}

/// <summary>Recall of one class by two models.</summary>
public sealed record ComparedClass
{
    public string Label { get; init; } = "";

    /// <summary>Samples of it.</summary>
    public int Support { get; init; }

    /// <summary>0 to 1; NaN without samples or without a champion.</summary>
    public double ChampionRecall { get; init; } = double.NaN;

    /// <summary>0 to 1; NaN without samples.</summary>
    public double ChallengerRecall { get; init; } = double.NaN;

    /// <summary>Challenger's less champion's.</summary>
    public double Difference { get; init; } = double.NaN;

    /// <summary>Of <see cref="Difference"/>, of this class alone: the score interval for paired shares (Tango 1998).</summary>
    public Interval DifferenceInterval { get; init; } = new();

    /// <summary>How often a class that did not get worse looks as bad, and one that fell by the margin: the larger of both, 0 to 1, not corrected for the number of classes; the verdict is (Holm 1979).</summary>
    public double PValue { get; init; } = double.NaN;

    public ClassVerdict Verdict { get; init; }
}

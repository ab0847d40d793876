using PSFineTune.Audit;
using PSFineTune.Data;
using PSFineTune.Metrics;
using PSFineTune.Training;

namespace PSFineTune.Reports;

/// <summary>All that a page about a run knows. What could not be had is empty, and said.</summary>
sealed record Report
{
    public string Title { get; init; } = "";

    public ReportedRun Run { get; init; } = new();

    /// <summary>The run beside it; null for none.</summary>
    public ReportedRun? Other { get; init; }

    /// <summary>Both, or the one.</summary>
    public IReadOnlyList<ReportedRun> Runs => Other is null ? [Run] : [Run, Other];

    /// <summary>Which samples were judged.</summary>
    public Split Split { get; init; }

    /// <summary>Last name of the folder or file of the data.</summary>
    public string DataName { get; init; } = "";

    /// <summary>Fingerprint of the data as they are now; empty where they are gone.</summary>
    public string DataFingerprint { get; init; } = "";

    /// <summary>Empty where the data are gone.</summary>
    public IReadOnlyList<ClassCount> Counts { get; init; } = [];

    public IReadOnlyList<AuditFinding> Findings { get; init; } = [];

    /// <summary>The data were audited for this report.</summary>
    public bool IsAudited { get; init; }

    /// <summary>Some training samples.</summary>
    public IReadOnlyList<ShownSample> Samples { get; init; } = [];

    /// <summary>Some of them, each with what the pipeline makes of it.</summary>
    public IReadOnlyList<IReadOnlyList<ShownSample>> Augmented { get; init; } = [];

    /// <summary>What one run gets right and the other wrong.</summary>
    public IReadOnlyList<Disagreement> Disagreements { get; init; } = [];

    /// <summary>How many samples only the one run gets right, and how many only the other.</summary>
    public (int First, int Second) OnlyRight { get; init; }

    /// <summary>What the reader should know before reading on, a sentence each.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>What judged: the module's version, the system.</summary>
    public string Judged { get; init; } = "";
}

/// <summary>A run, or what a package says of one.</summary>
sealed record ReportedRun
{
    public RunRecord Record { get; init; } = new();

    /// <summary>It comes from a package, which keeps no environment and no times.</summary>
    public bool IsPackage { get; init; }

    /// <summary>Of the plan as it was run; empty for a package.</summary>
    public string PlanHash { get; init; } = "";

    /// <summary>Null where it could not be judged.</summary>
    public Evaluation? Evaluation { get; init; }

    /// <summary>Why there is no evaluation; null where there is one.</summary>
    public string? NotJudged { get; init; }

    /// <summary>Its parameters, input to output.</summary>
    public IReadOnlyList<ModelLayer> Layers { get; init; } = [];

    /// <summary>Samples of cells of the confusion matrix: row, column, and those that the model was surest of.</summary>
    public IReadOnlyDictionary<(int Row, int Column), IReadOnlyList<ShownSample>> Cells { get; init; } = new Dictionary<(int, int), IReadOnlyList<ShownSample>>();

    /// <summary>The worst mistakes, worst first.</summary>
    public IReadOnlyList<ShownSample> Worst { get; init; } = [];

    public string Name => $"{Record.Plan.Model?.Name} {Record.Id}".Trim();

    /// <summary>Preparation included; of a run that went on later, and of a package, the epochs alone. Zero where it is not known.</summary>
    public TimeSpan TrainingTime => Record is { Finished: { } end, Resumes: 0 } && Record.Started != default && end >= Record.Started ? end - Record.Started : TimeSpan.FromSeconds(Record.Epochs.Sum(epoch => epoch.Seconds));
}

/// <summary>A sample as a page shows it: a small picture or a text, and what is known of it.</summary>
sealed record ShownSample
{
    /// <summary>File name below the data's folder, or a place in a file; empty for none.</summary>
    public string Name { get; init; } = "";

    public string Label { get; init; } = "";

    /// <summary>What the model says; null where none was asked.</summary>
    public string? Predicted { get; init; }

    /// <summary>Probability of what the model says; NaN for none.</summary>
    public double Confidence { get; init; } = double.NaN;

    /// <summary>Of its label; NaN where it is not told.</summary>
    public double Loss { get; init; } = double.NaN;

    /// <summary>A JPEG file; null for a text, or a picture that cannot be read.</summary>
    public byte[]? Picture { get; init; }

    /// <summary>Of the picture, pixels.</summary>
    public (int Width, int Height) Size { get; init; }

    /// <summary>The same picture with what the model looked at; null for none.</summary>
    public byte[]? Heat { get; init; }

    /// <summary>The text, perhaps shortened; null for a picture.</summary>
    public string? Text { get; init; }

    /// <summary>The text, perhaps shortened, with what its words did for what the model says; null for none.</summary>
    public Html? Words { get; init; }

    /// <summary>What was drawn for it; null for a sample as it is.</summary>
    public string? Drawn { get; init; }
}

/// <summary>A sample that one run gets right and the other wrong.</summary>
/// <param name="Sample">With the first run's prediction.</param>
/// <param name="Other">What the other run says.</param>
/// <param name="OtherConfidence">Of it, 0 to 1.</param>
sealed record Disagreement(ShownSample Sample, string Other, double OtherConfidence);

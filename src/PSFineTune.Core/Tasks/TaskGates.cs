using PSFineTune.Data;
using PSFineTune.Locking;
using PSFineTune.Training;

namespace PSFineTune.Tasks;

/// <summary>What a check does about what it has found.</summary>
public enum GateAction
{
    /// <summary>The task ends, and nothing is trained.</summary>
    Stop,

    /// <summary>It is said, and the task goes on.</summary>
    Warn,

    /// <summary>The samples that were found are left out, and the task goes on.</summary>
    Exclude,
}

/// <summary>One execution of a task at a time.</summary>
public sealed record TaskLock
{
    public bool Skip { get; init; }

    /// <summary>What to do where it runs already: Fail and Skip end with 30, Wait tries again.</summary>
    public LockPolicy IfLocked { get; init; }

    /// <summary>How long to wait at most, above 0.</summary>
    public TimeSpan Wait { get; init; } = TimeSpan.FromHours(1);
}

/// <summary>What the audit of the training data does.</summary>
public sealed record TaskAudit
{
    public bool Skip { get; init; }

    /// <summary>Names of rules, with wildcards; empty for all that take no longer than reading the data.</summary>
    public IReadOnlyList<string> Rule { get; init => field = value.ToIndexable(); } = [];

    /// <summary>Findings of this severity, and graver ones, count.</summary>
    public FindingSeverity MinimumSeverity { get; init; } = FindingSeverity.Error;

    /// <summary>Stop ends with 20.</summary>
    public GateAction OnFinding { get; init; }

    /// <summary>With Exclude: where more than this share of the samples would be left out, the task ends with 20; 0 to 1.</summary>
    public double MaximumExcluded { get; init; } = 0.02;
}

/// <summary>Whether new samples still look like those that the model is trained on.</summary>
public sealed record TaskDrift
{
    public bool Skip { get; init; }

    /// <summary>The new samples: a folder or file of images or texts, labelled or not. Without it there is nothing to compare.</summary>
    [SettingsPath]
    public string? Path { get; init; }

    /// <summary>Share of false alarms, above 0 and below 1.</summary>
    public double Level { get; init; } = 0.01;

    /// <summary>The least effect that counts as drift; null for that of the features.</summary>
    public double? MinimumEffect { get; init; }

    /// <summary>With fewer samples on either side there is no verdict, and the task goes on.</summary>
    public int MinimumCount { get; init; } = 50;

    /// <summary>Of more, so many are drawn a side.</summary>
    public int MaximumCount { get; init; } = 1000;

    /// <summary>Stop ends with 21, Warn goes on.</summary>
    public GateAction OnDrift { get; init; }
}

/// <summary>How the new model is judged by itself; it is held where it misses one of these.</summary>
public sealed record TaskMeasure
{
    public bool Skip { get; init; }

    /// <summary>Which samples of the data judge: null for Test, or Validation where there are none.</summary>
    public Split? Split { get; init; }

    /// <summary>0 to 1; null for none.</summary>
    public double? MinimumAccuracy { get; init; }

    /// <summary>0 to 1; null for none.</summary>
    public double? MinimumMacroF1 { get; init; }

    /// <summary>Of every class that has samples, 0 to 1; null for none.</summary>
    public double? MinimumRecall { get; init; }

    /// <summary>Above 0; null for none.</summary>
    public double? MaximumLogLoss { get; init; }

    /// <summary>Expected calibration error, 0 to 1; null for none.</summary>
    public double? MaximumCalibrationError { get; init; }
}

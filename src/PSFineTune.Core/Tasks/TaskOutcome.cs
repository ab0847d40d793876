using PSFineTune.Comparison;

namespace PSFineTune.Tasks;

/// <summary>How a task ended; each has its exit code.</summary>
public enum TaskResult
{
    /// <summary>The new model is the published one.</summary>
    Published = 0,

    /// <summary>What nobody has foreseen.</summary>
    Unexpected = 1,

    /// <summary>A model was trained, and the published one stays.</summary>
    Held = 10,

    /// <summary>The training data are not fit to learn from.</summary>
    DataRejected = 20,

    /// <summary>New samples do not look like the training data.</summary>
    Drifted = 21,

    /// <summary>The task runs already.</summary>
    Locked = 30,

    /// <summary>Memory or disk ran out.</summary>
    OutOfResources = 40,

    /// <summary>Settings, files, rights or libraries.</summary>
    Environment = 50,

    /// <summary>Something is not what its hash or signature says.</summary>
    Integrity = 60,

    /// <summary>Ctrl+C, or a service manager.</summary>
    Stopped = 130,
}

/// <summary>What came of a task.</summary>
public sealed record TaskOutcome
{
    public const int NewestSchema = 1;

    public int SchemaVersion { get; init; } = NewestSchema;

    /// <summary>Its name.</summary>
    public string Task { get; init; } = "";

    public TaskResult Result { get; init; } = TaskResult.Unexpected;

    /// <summary>What the process should end with.</summary>
    public int ExitCode => (int)Result;

    /// <summary>One sentence.</summary>
    public string Reason { get; init; } = "";

    /// <summary>What to do; empty where nothing is to be done.</summary>
    public string Action { get; init; } = "";

    /// <summary>Id of the error that ended it, as about_PSFineTune_Errors lists them; null for none.</summary>
    public string? ErrorId { get; init; }

    public string? RunId { get; init; }

    /// <summary>SHA-256 of the new model's weights; null where none was trained.</summary>
    public string? WeightsHash { get; init; }

    /// <summary>Of the training data; null where they were not read.</summary>
    public string? DataFingerprint { get; init; }

    /// <summary>On the samples that judge, 0 to 1; null where it was not measured.</summary>
    public double? Accuracy { get; init; }

    /// <summary>As <see cref="Accuracy"/>.</summary>
    public double? MacroF1 { get; init; }

    /// <summary>Findings of the audit that count.</summary>
    public int Findings { get; init; }

    /// <summary>Samples that the audit left out.</summary>
    public int Excluded { get; init; }

    /// <summary>Of new samples; null where none were compared.</summary>
    public string? DriftVerdict { get; init; }

    /// <summary>Champion and challenger; null where they were not compared.</summary>
    public ModelComparison? Comparison { get; init; }

    /// <summary>The model's version in the store that is the published one now; null for none.</summary>
    public int? Version { get; init; }

    /// <summary>The package that is the published one now, full path; null for none.</summary>
    public string? Package { get; init; }

    /// <summary>The page about the run, full path; null for none.</summary>
    public string? Report { get; init; }

    /// <summary>In order, with what each came to.</summary>
    public IReadOnlyList<StageRecord> Stages { get; init => field = value.ToIndexable(); } = [];

    public IReadOnlyList<string> Warnings { get; init => field = value.ToIndexable(); } = [];

    public DateTimeOffset Started { get; init; }

    public DateTimeOffset Finished { get; init; }

    /// <summary>What it took; measured, and not the time between the two, which a clock that is set changes.</summary>
    public double Seconds { get; init; }
}

/// <summary>How a stage of a task ended.</summary>
public enum StageResult { Done, Skipped, Ended, Failed, NotReached }

/// <summary>A stage of a task that is over.</summary>
public sealed record StageRecord
{
    public string Stage { get; init; } = "";

    public StageResult Result { get; init; }

    public double Seconds { get; init; }

    /// <summary>What it came to, one sentence.</summary>
    public string Message { get; init; } = "";
}

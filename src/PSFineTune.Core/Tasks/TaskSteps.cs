using PSFineTune.Comparison;

namespace PSFineTune.Tasks;

/// <summary>How the run of a task is carried out.</summary>
public sealed record TaskTraining
{
    /// <summary>Nothing is trained: the newest finished run of the plan is judged again.</summary>
    public bool Skip { get; init; }

    /// <summary>The run ends after the first step beyond it, such as 04:00:00, and goes on the next time; null for no bound.</summary>
    public TimeSpan? TimeBudget { get; init; }

    /// <summary>Go on with a run of the same plan and the same data that was stopped or killed; one that is finished is judged again and not trained again.</summary>
    public bool Resume { get; init; } = true;

    /// <summary>Time from one checkpoint within an epoch to the next, above 0.</summary>
    public TimeSpan CheckpointInterval { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Fit a temperature on the validation samples and keep it in the package.</summary>
    public bool Calibrate { get; init; }
}

/// <summary>How the new model is compared with the published one.</summary>
public sealed record TaskComparison
{
    /// <summary>Whatever meets the thresholds of measure is published.</summary>
    public bool Skip { get; init; }

    /// <summary>Other data than those of the task that judge both models: a folder or file that an import reads, all of it.</summary>
    [SettingsPath]
    public string? HoldOut { get; init; }

    /// <summary>Metric, mode, level, margin, the hash that the hold-out must have, and the like.</summary>
    public ComparisonSettings Settings { get; init; } = new();
}

/// <summary>Where a promoted model goes.</summary>
public sealed record TaskPublish
{
    /// <summary>Nothing is published: the task ends with 10 where the model would have been.</summary>
    public bool Skip { get; init; }

    /// <summary>Folder of the store; null for $env:PSFINETUNE_STORE, else the workspace's.</summary>
    [SettingsPath]
    public string? Store { get; init; }

    /// <summary>Name of the model in the store; null for the task's.</summary>
    public string? Name { get; init; }

    /// <summary>Versions that are kept, 2 or above.</summary>
    public int Keep { get; init; } = 10;

    /// <summary>A csv file of label and other columns that come back with predictions.</summary>
    [SettingsPath]
    public string? LabelData { get; init; }

    /// <summary>Validation samples, with what the model says of them, that travel in the package, so that another machine can tell whether it predicts the same; 0 for none.</summary>
    public int ProbeCount { get; init; } = 8;

    /// <summary>Certificate that signs the package: a file with its private key, or a thumbprint in the certificate store; null for no signature.</summary>
    [SettingsPath(OrThumbprint = true)]
    public string? Certificate { get; init; }

    /// <summary>Environment variable that holds the password of the certificate's file; null for none.</summary>
    public string? CertificatePasswordVariable { get; init; }

    /// <summary>How long the package is valid, above 0; null for ever.</summary>
    public TimeSpan? ExpiresAfter { get; init; }
}

/// <summary>Where it is written down what a task has done.</summary>
public sealed record TaskLedger
{
    public bool Skip { get; init; }

    /// <summary>The file; null for ledger.jsonl in the workspace.</summary>
    [SettingsPath]
    public string? Path { get; init; }

    /// <summary>Whether a ledger that is not whole ends the task with 60 before anything is done.</summary>
    public bool RequireWhole { get; init; } = true;
}

/// <summary>The page about the run.</summary>
public sealed record TaskReport
{
    public bool Skip { get; init; }

    /// <summary>The file; {task}, {date} and {run} stand for the name, the day and the run. Null for reports/{run}.html in the task's folder.</summary>
    [SettingsPath]
    public string? Path { get; init; }

    /// <summary>Reports of the task that are kept in its own folder, 1 or above.</summary>
    public int Keep { get; init; } = 30;
}

/// <summary>Whom a task tells of its end.</summary>
public sealed record TaskNotify
{
    public bool Skip { get; init; }

    /// <summary>The event log of Windows, or syslog; null for where there is one.</summary>
    public bool? EventLog { get; init; }

    /// <summary>Sends the outcome as JSON; null for none.</summary>
    public TaskWebhook? Webhook { get; init; }
}

/// <summary>An address that is told of the outcome: the only thing of a task that opens a socket.</summary>
public sealed record TaskWebhook
{
    /// <summary>http or https.</summary>
    public string Url { get; init; } = "";

    /// <summary>By name; 'env:NAME' stands for an environment variable's value, so that no secret is in the file.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>For one try, above 0.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Tries after the first, 0 to 10.</summary>
    public int Retries { get; init; } = 2;

    /// <summary>Only outcomes other than published are told.</summary>
    public bool OnlyFailures { get; init; }
}

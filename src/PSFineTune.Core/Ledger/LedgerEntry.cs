using System.Text.Json.Serialization;

namespace PSFineTune.Ledger;

/// <summary>One line of a ledger: what happened, who and what did it, and the hash of the line before.</summary>
public sealed record LedgerEntry
{
    /// <summary>The newest form of an entry that this version reads, and the one it writes.</summary>
    public const int NewestSchema = 1;

    public int SchemaVersion { get; init; } = NewestSchema;

    /// <summary>1 for a ledger's first entry, one more for each; the order, whatever clocks say.</summary>
    public long Sequence { get; init; }

    /// <summary>A UUID of version 7 (RFC 9562): sorts by time.</summary>
    public string Id { get; init; } = "";

    /// <summary>When it was written, by the clock of the machine that wrote it; UTC.</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>Run, Task, Publish, Undo, Comparison, Force or another word.</summary>
    public string Event { get; init; } = "";

    /// <summary>Name of the scheduled task that it belongs to; empty for none.</summary>
    public string Task { get; init; } = "";

    /// <summary>The account; with its domain on Windows.</summary>
    public string User { get; init; } = "";

    /// <summary>Name of the machine.</summary>
    public string Host { get; init; } = "";

    /// <summary>The script that asked for it, full path; null for a prompt or a command line.</summary>
    public string? Script { get; init; }

    /// <summary>SHA-256 of that script as it was then, lower-case hexadecimal; null where it cannot be read.</summary>
    public string? ScriptHash { get; init; }

    public string ModuleVersion { get; init; } = "";

    /// <summary>SHA-256 over names and SHA-256 of the module's own assemblies, in ordinal order of the names; lower-case hexadecimal.</summary>
    public string ModuleHash { get; init; } = "";

    /// <summary>SHA-256 of the native libraries for tensors and pictures that the process had loaded, by file name; empty where it had needed none.</summary>
    public IReadOnlyDictionary<string, string> NativeHashes { get; init; } = new Dictionary<string, string>();

    /// <summary>Of the data, as <see cref="Data.DatasetReference.Fingerprint"/>; null where none played a part.</summary>
    public string? DataFingerprint { get; init; }

    /// <summary>SHA-256 of the training plan without the fingerprint of its data, lower-case hexadecimal.</summary>
    public string? PlanHash { get; init; }

    /// <summary>The training plan as JSON.</summary>
    [JsonConverter(typeof(RawJson))]
    public string? Plan { get; init; }

    public int? Seed { get; init; }

    /// <summary>By name, such as Accuracy from 0 to 1.</summary>
    public IReadOnlyDictionary<string, double> Metrics { get; init; } = new Dictionary<string, double>();

    /// <summary>What was decided, such as Promote; null where nothing was.</summary>
    public string? Verdict { get; init; }

    /// <summary>Why, in words.</summary>
    public string? Reason { get; init; }

    /// <summary>As in about_PSFineTune: 0 complete, 130 stopped, 1 failed and others; null where it has none.</summary>
    public int? ExitCode { get; init; }

    public string? RunId { get; init; }

    /// <summary>As <see cref="Training.RunRecord.WeightsHash"/>.</summary>
    public string? WeightsHash { get; init; }

    /// <summary>SHA-256 of a package's file, lower-case hexadecimal.</summary>
    public string? PackageHash { get; init; }

    /// <summary>Seconds that it took.</summary>
    public double? Duration { get; init; }

    /// <summary>Whatever else, as text by name.</summary>
    public IReadOnlyDictionary<string, string> Details { get; init; } = new Dictionary<string, string>();

    /// <summary>SHA-256 of the line before without its line end, lower-case hexadecimal; 64 zeros in the first.</summary>
    public string Previous { get; init; } = "";
}

using PSFineTune.Training;

namespace PSFineTune.Audit;

/// <summary>Something that may be wrong with a file, a row or a folder of training data, and what to do.</summary>
public sealed record AuditFinding
{
    /// <summary>What was looked for; a name of the catalog of <see cref="AuditRule"/>.</summary>
    public string Rule { get; init; } = "";

    public FindingSeverity Severity { get; init; }

    /// <summary>The file or folder, full path; of a text, the file whose row it is.</summary>
    public string Path { get; init; } = "";

    /// <summary>The row's line in <see cref="Path"/>, from 1; null where the finding is about all of the file or folder.</summary>
    public int? Line { get; init; }

    /// <summary>The file that it is compared with, full path; null where it is compared with none.</summary>
    public string? RelatedPath { get; init; }

    /// <summary>As <see cref="Line"/>, in <see cref="RelatedPath"/>.</summary>
    public int? RelatedLine { get; init; }

    /// <summary>What was found, one sentence.</summary>
    public string Message { get; init; } = "";

    /// <summary>What to do; empty where nothing is to be done.</summary>
    public string Action { get; init; } = "";
}

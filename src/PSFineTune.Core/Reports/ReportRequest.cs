using PSFineTune.Audit;
using PSFineTune.Data;

namespace PSFineTune.Reports;

/// <summary>What a report is asked for.</summary>
sealed record ReportRequest
{
    /// <summary>A run's record, id or folder, or a package or its path.</summary>
    public required object Run { get; init; }

    /// <summary>As <see cref="Run"/>, to set beside it; null for none.</summary>
    public object? Compare { get; init; }

    /// <summary>Of runs and caches.</summary>
    public required string Workspace { get; init; }

    /// <summary>The samples; null for those of the run.</summary>
    public Dataset? Dataset { get; init; }

    /// <summary>Which of them; null for Test where there are such, else Validation.</summary>
    public Split? Split { get; init; }

    /// <summary>What an audit of the data has found; null where it is still to be made.</summary>
    public IReadOnlyList<AuditFinding>? Findings { get; init; }

    /// <summary>Null for the run's model and id.</summary>
    public string? Title { get; init; }
}

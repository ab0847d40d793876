namespace PSFineTune.Ledger;

/// <summary>What can be wrong with a ledger.</summary>
public enum LedgerProblemKind
{
    /// <summary>A line is not what the next line, or the head, remembers.</summary>
    Edited,

    /// <summary>Entries between two lines are gone.</summary>
    Missing,

    /// <summary>An entry stands where another belongs, or twice.</summary>
    Reordered,

    /// <summary>The head tells of more entries than there are.</summary>
    Truncated,

    /// <summary>The last line has no end: an append was killed. No entry that was counted is lost, and the next append moves the line aside.</summary>
    Torn,

    /// <summary>There are more entries than the head can tell of: they were not written by this module.</summary>
    Unanchored,

    /// <summary>The file of the head is gone, or cannot be read.</summary>
    HeadMissing,

    /// <summary>The head that was kept elsewhere is that of no line: the ledger was written anew.</summary>
    Rewritten,
}

/// <summary>One thing that is wrong with a ledger.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Line">The line it was found at, from 1; 0 for none.</param>
/// <param name="Message">In words.</param>
public sealed record LedgerProblem(LedgerProblemKind Kind, long Line, string Message);

/// <summary>Whether a ledger is what was written.</summary>
/// <remarks>Whoever may write the ledger and its head may write both anew, without a trace in them: against that, keep <see cref="Head"/> elsewhere and give it to the next check.</remarks>
public sealed record LedgerCheck
{
    public string Path { get; init; } = "";

    /// <summary>Nothing is wrong; a last line that an append left torn does no harm.</summary>
    public bool IsWhole { get; init; }

    /// <summary>Whole lines.</summary>
    public long Entries { get; init; }

    /// <summary>SHA-256 of the last line, lower-case hexadecimal, to be kept elsewhere; empty for a ledger without entries.</summary>
    public string Head { get; init; } = "";

    /// <summary>Of the last entry; null where there is none.</summary>
    public DateTimeOffset? Newest { get; init; }

    /// <summary>The line whose hash was expected: what came before it is what it was then. Null where none was given or found.</summary>
    public long? ExpectedLine { get; init; }

    /// <summary>In the order of the lines.</summary>
    public IReadOnlyList<LedgerProblem> Problems { get; init => field = value.ToIndexable(); } = [];
}

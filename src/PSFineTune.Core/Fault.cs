namespace PSFineTune;

/// <summary>What went wrong in the widest sense; the cmdlets map each kind to one PowerShell ErrorCategory.</summary>
public enum FaultKind
{
    InvalidArgument, NotFound, InvalidData, Mismatch, NotSupported, Busy, Unavailable, LimitExceeded, Security, OpenError, ReadError, WriteError,
}

/// <summary>The one exception users see: what was given, what is known, and what to do.</summary>
public sealed class FineTuneException(string id, FaultKind kind, string message, string action, object? target = null, Exception? inner = null)
    : Exception(message, inner)
{
    /// <summary>Stable identifier, listed in about_PSFineTune_Errors; scripts may switch on it.</summary>
    public string Id => id;

    public FaultKind Kind => kind;

    /// <summary>What the operator can do about it, one sentence.</summary>
    public string RecommendedAction => action;

    /// <summary>The file, name or value at fault.</summary>
    public object? Target => target;

    /// <summary>What helps to look into it and is too long for a message, such as the draw that made a sample; shown with -Verbose. Null for nothing.</summary>
    public string? Detail { get; internal set; }
}

/// <summary>Every message the module can show; one file per area under Faults/.</summary>
static partial class Fault
{
    public static FineTuneException Unknown(string what, string name, IEnumerable<string> known)
    {
        var all = known.ToList();
        return new("UnknownName", FaultKind.NotFound, $"There is no {what} '{name}'. Known: {string.Join(", ", all)}.",
            Nearest(name, all) is { } nearest ? $"Did you mean '{nearest}'?" : $"Use one of the known names.", name);
    }

    /// <summary>The known name a typist most likely meant: the fewest edits, none where over half would change.</summary>
    public static string? Nearest(string name, IEnumerable<string> known) =>
        known.Select(candidate => (candidate, edits: Edits(name, candidate)))
             .Where(pair => pair.edits <= pair.candidate.Length / 2)
             .OrderBy(pair => pair.edits).ThenBy(pair => pair.candidate, StringComparer.Ordinal)
             .Select(pair => pair.candidate).FirstOrDefault();

    // Levenshtein distance, case ignored.
    static int Edits(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var (diagonal, changed) = (row[0], i);
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                changed = char.ToUpperInvariant(from[i - 1]) == char.ToUpperInvariant(to[j - 1]) ? diagonal : 1 + Math.Min(diagonal, Math.Min(row[j], row[j - 1]));
                (diagonal, row[j]) = (row[j], changed);
            }
        }
        return row[^1];
    }
}

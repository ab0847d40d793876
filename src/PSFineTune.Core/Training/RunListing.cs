using PSFineTune.Ledger;

namespace PSFineTune.Training;

/// <summary>A run by its id; its record is read only where it is asked for.</summary>
/// <param name="Id">Of the run.</param>
/// <param name="Read">Its record; raises what <see cref="RunFolder.ReadRecord"/> does.</param>
sealed record ListedRun(string Id, Func<RunRecord> Read);

/// <summary>The runs of a workspace, the newest first.</summary>
/// <param name="workspace">Folder of runs.</param>
/// <param name="withRemoved">Also those whose folder is gone, as the ledger knows them.</param>
/// <param name="warn">Told of lines of the ledger that are no entries.</param>
sealed class RunListing(string workspace, bool withRemoved, Action<string> warn)
{
    Dictionary<string, LedgerEntry>? _removed;

    public IEnumerable<ListedRun> All()
    {
        var kept = RunFolder.All(workspace).Select(Listed);
        return withRemoved ? kept.Concat(Removed.Values.Select(Listed)).OrderByDescending(run => run.Id, StringComparer.Ordinal) : kept;
    }

    /// <exception cref="FineTuneException">NoSuchRun.</exception>
    public ListedRun Find(string id) =>
        withRemoved && !RunFolder.Exists(workspace, id) && Removed.TryGetValue(id, out var entry) ? Listed(entry) : Listed(RunFolder.Find(workspace, id));

    static ListedRun Listed(RunFolder run) => new(run.Id, () => run.Record);

    static ListedRun Listed(LedgerEntry entry) => new(entry.RunId!, () => RunEntry.RunOf(entry));

    // Of a run that went on, the last entry.
    Dictionary<string, LedgerEntry> Removed => _removed ??= LedgerFile.In(workspace, warn).Read()
        .Where(entry => entry is { Event: RunEntry.Event, RunId.Length: > 0 } && !RunFolder.Exists(workspace, entry.RunId))
        .DistinctBy(entry => entry.RunId).ToDictionary(entry => entry.RunId!, StringComparer.OrdinalIgnoreCase);
}

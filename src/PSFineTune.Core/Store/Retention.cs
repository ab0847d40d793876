namespace PSFineTune.Store;

/// <summary>Which packages stay in a store.</summary>
static class Retention
{
    // Longer than a package takes to be written to a slow share.
    static readonly TimeSpan s_abandoned = TimeSpan.FromHours(1);

    /// <summary>Hashes of the packages that a name keeps: of the current version, of the one that Undo goes back to, and of the newest others, as many as are wanted together.</summary>
    /// <param name="folder">Of the store.</param>
    /// <param name="history">Oldest first, the current last.</param>
    /// <param name="keep">1 or more.</param>
    public static IReadOnlyList<string> Kept(StoreFolder folder, IReadOnlyList<StoreEntry> history, int keep)
    {
        StoreEntry[] must = VersionStack.Previous(VersionStack.Of(history)) is { } previous ? [history[^1], previous] : [history[^1]];
        return [.. must.Concat(history.OrderByDescending(entry => entry.Version).Where(entry => File.Exists(folder.PackagePath(entry.Hash)))).Select(entry => entry.Hash).Distinct().Take(Math.Max(keep, must.Length))];
    }

    /// <summary>Removes packages that a name has dropped and no other keeps, and what killed writers left. What cannot be removed now, as it is in use, is left to the next sweep.</summary>
    /// <param name="folder">Of the store, whose lock is held.</param>
    /// <param name="history">Of the name.</param>
    /// <param name="now">What is an hour older was left.</param>
    /// <param name="grace">How long a package stays that was current.</param>
    /// <param name="tell">Hears what was removed, and why nothing was.</param>
    public static void Sweep(StoreFolder folder, IEnumerable<StoreEntry> history, DateTimeOffset now, TimeSpan grace, Action<string>? tell)
    {
        try
        {
            var (wanted, own, before) = (folder.Wanted(now - grace), history.Select(entry => entry.Hash).ToHashSet(), (now - s_abandoned).UtcDateTime);
            var packages = folder.StoredPackages().Where(stored => !wanted.Contains(stored.Hash) && (own.Contains(stored.Hash) || stored.File.LastWriteTimeUtc < before)).Select(stored => stored.File);
            foreach (var file in packages.Concat(folder.Unfinished().Where(file => file.LastWriteTimeUtc < before)))
            {
                var told = Removed(file) ? $"Removed '{file.FullName}', which nothing keeps." : $"'{file.FullName}' is in use and stays for now.";
                tell?.Invoke(told);
            }
        }
        catch (Exception wrong) when (wrong is FineTuneException or IOException or UnauthorizedAccessException)
        {
            tell?.Invoke($"No old packages are removed: {wrong.Message}");
        }
    }

    /// <summary>Whether a file could be removed, or was not there.</summary>
    public static bool Removed(FileInfo file)
    {
        try
        {
            file.Delete();
            return true;
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}

using PSFineTune.Downloads;

namespace PSFineTune.Pretrained;

/// <summary>A file as it was when it first came.</summary>
sealed record LockedFile
{
    /// <summary>Name of the entry it belongs to.</summary>
    public string Entry { get; init; } = "";

    /// <summary>The publisher's name of the file.</summary>
    public string Name { get; init; } = "";

    /// <summary>All 64 digits; what comes later must be the same.</summary>
    public string Sha256 { get; init; } = "";

    public long Bytes { get; init; }

    /// <summary>Where it came from, without what may be secret.</summary>
    public string Source { get; init; } = "";

    /// <summary>Name of the file in the cache, another one where it was converted.</summary>
    public string As { get; init; } = "";

    /// <summary>Hash of the file in the cache.</summary>
    public string AsSha256 { get; init; } = "";
}

/// <summary>pretrained.lock.json of a cache: the hash that each file had when it first came, which it is held to afterwards.</summary>
sealed class PretrainedLock(string folder, bool isShared)
{
    static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    public string Path { get; } = System.IO.Path.Combine(folder, "pretrained.lock.json");

    /// <exception cref="FineTuneException">CannotRead, BrokenRecord.</exception>
    public LockedFile? Find(string entry, string name) => Read().LastOrDefault(file => file.Entry == entry && file.Name == name);

    /// <summary>What is recorded of an entry.</summary>
    /// <exception cref="FineTuneException">CannotRead, BrokenRecord.</exception>
    public IReadOnlyList<LockedFile> Of(string entry) => [.. Read().Where(file => file.Entry == entry)];

    /// <summary>Whether a file of that name and hash is in the cache as an entry's, by a file of the publisher's that it may have.</summary>
    /// <exception cref="FineTuneException">CannotRead, BrokenRecord.</exception>
    public bool Holds(PretrainedEntry entry, string name, string sha256) => Of(entry.Name).Any(file => file.As == name && file.AsSha256 == sha256
        && entry.Files.Any(published => published.Names.Contains(file.Name) && published.FactsOf(file.Name).Allows(file.Sha256)));

    /// <exception cref="FineTuneException">LinkInPlace, CannotWrite, Locked, NoLocks, CannotRead, BrokenRecord.</exception>
    public void Record(LockedFile file, CancellationToken cancel)
    {
        if (Find(file.Entry, file.Name) == file) return;
        var place = System.IO.Path.Combine(folder, ".pretrained.lock");
        using var held = SharedFiles.Hold(place, "recording hashes of weights", isShared, s_patience, null, cancel);
        List<LockedFile> files = [.. Read().Where(other => other.Entry != file.Entry || other.Name != file.Name), file];
        SharedFiles.WriteText(Path, PlanJson.Write(files.OrderBy(each => each.Entry, StringComparer.Ordinal).ThenBy(each => each.Name, StringComparer.Ordinal)), isShared);
    }

    List<LockedFile> Read()
    {
        try
        {
            return File.Exists(Path) ? PlanJson.Read<List<LockedFile>>(File.ReadAllText(Path)) : [];
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw Fault.CannotRead(Path, wrong);
        }
        catch (FineTuneException wrong) when (wrong.Id == "InvalidJson")
        {
            throw Fault.BrokenRecord(Path, wrong);
        }
    }
}

using PSFineTune.Downloads;
using PSFineTune.Locking;
using PSFineTune.Models;
using PSFineTune.Packaging;

namespace PSFineTune.Pretrained;

/// <summary>How published weights are saved.</summary>
sealed record SaveRequest
{
    /// <summary>A mirror's address, a folder or file with a full path; null for the publisher's own server.</summary>
    public string? Source { get; init; }

    /// <summary>Fetch also what is here.</summary>
    public bool Force { get; init; }

    /// <summary>Leave files as their publisher has them, to be carried to another machine.</summary>
    public bool AsPublished { get; init; }
}

/// <summary>Brings an entry's files into a cache, held to the hashes that they had when they first came.</summary>
sealed class PretrainedSave(WeightsCache cache, Downloader downloader, SaveRequest request)
{
    /// <summary>The address of an entry's weights, for a question or a message.</summary>
    public string From(PretrainedEntry entry) => WebAddress.Shown(Addresses(entry, entry.Files[0].Name)[0]);

    /// <exception cref="FineTuneException">As <see cref="Downloader.Save"/>; PublishedFileChanged; the file cannot be converted.</exception>
    public PretrainedModel Run(PretrainedEntry entry, Action<DownloadProgress>? report, CancellationToken cancel)
    {
        // Of a cache that others filled this account need not be able to write anything.
        if (!request.Force && There(entry, cancel) is { } there) return there;
        if (cache.IsShared) SharedFiles.MakeFolder(cache.FolderOf(entry));
        using var held = Hold(entry, report, cancel);
        if (!request.Force && There(entry, cancel) is { } made) return made;
        var files = entry.Files.Select(file => Bring(entry, file, report, cancel)).ToList();
        return Described(entry, files[0]!, fromCache: false);
    }

    PretrainedModel? There(PretrainedEntry entry, CancellationToken cancel)
    {
        LockedFile? weights = null;
        foreach (var file in entry.Files)
        {
            var known = new[] { file.Name, file.Or }.OfType<string>().Select(name => cache.Lock.Find(entry.Name, name)).FirstOrDefault(found => found is not null);
            if (known is null && file.IsOptional) continue;
            if (known is null || !IsHere(entry, known, cancel)) return null;
            weights ??= known;
        }
        return weights is null ? null : Described(entry, weights, fromCache: true);
    }

    bool IsHere(PretrainedEntry entry, LockedFile known, CancellationToken cancel) =>
        known.As == Kept(known.Name) && Path.Combine(cache.FolderOf(entry), known.As) is var path && File.Exists(path) && FileHash.Of(path, cancel) == known.AsSha256;

    string Kept(string name) => request.AsPublished ? name : WeightsCache.NameOf(name);

    // Null for an optional file that there is none of.
    LockedFile? Bring(PretrainedEntry entry, PretrainedFile file, Action<DownloadProgress>? report, CancellationToken cancel)
    {
        foreach (var name in new[] { file.Name, file.Or }.OfType<string>())
            foreach (var address in Addresses(entry, name))
                try
                {
                    return Saved(entry, name, address, name == file.Name ? file.Facts : FileFacts.None, report, cancel);
                }
                catch (FineTuneException none) when (none.Id == "DownloadNotFound" && (file.IsOptional || (name == file.Name && file.Or is not null) || address != Addresses(entry, name)[^1]))
                {
                    // The next place or name may have it.
                }
        return null;
    }

    LockedFile Saved(PretrainedEntry entry, string name, Uri address, FileFacts published, Action<DownloadProgress>? report, CancellationToken cancel)
    {
        var known = cache.Lock.Find(entry.Name, name);
        var path = Path.Combine(cache.FolderOf(entry), name);
        try
        {
            var saved = downloader.Save(address, path, known is null ? published : new() { Sha256 = known.Sha256, Bytes = known.Bytes }, report, cancel);
            var kept = Kept(name) == name ? saved : Converted(entry, name, saved, Path.Combine(cache.FolderOf(entry), Kept(name)));
            var file = new LockedFile
            {
                Entry = entry.Name, Name = name, Sha256 = saved.Sha256, Bytes = saved.Bytes, Source = known?.Source ?? WebAddress.Shown(address), As = Path.GetFileName(kept.Path), AsSha256 = kept.Sha256,
            };
            cache.Lock.Record(file, cancel);
            if (kept != saved && !saved.WasThere) Forget(saved.Path);
            return file;
        }
        catch (FineTuneException wrong) when (known is not null && wrong.Id is "WrongHash" or "WrongSize")
        {
            throw Fault.PublishedFileChanged(WebAddress.Shown(address), cache.Lock.Path, known!.Sha256, wrong);
        }
    }

    // What was fetched for a conversion alone does not stay beside it.
    static void Forget(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            // A scanner has it open; it is in nobody's way.
        }
    }

    // The same bytes wherever the file came from.
    SavedFile Converted(PretrainedEntry entry, string name, SavedFile saved, string target)
    {
        var own = Catalog<ModelSpec>.Names.Contains(entry.Architecture) ? (Catalog<ModelSpec>.Create(entry.Architecture) as NetworkSpec)?.DefaultPreprocessing : null;
        var notes = new Dictionary<string, string> { ["name"] = entry.Name, ["licence"] = entry.Licence, ["source"] = WebAddress.Shown(WebAddress.In(entry.Url, entry.Folder + name)), ["page"] = entry.Page, ["source_sha256"] = saved.Sha256 };
        var written = WeightsConversion.Write(saved.Path, target, entry.Preprocessing ?? own, notes.Where(note => note.Value.Length > 0).ToDictionary());
        if (cache.IsShared) SharedFiles.Open(target);
        return new(target, written.Sha256, written.Bytes, saved.WasThere);
    }

    // A folder may be laid out as the cache, as the publisher's server, or flat.
    List<Uri> Addresses(PretrainedEntry entry, string name) => request.Source switch
    {
        null => [WebAddress.In(entry.Url, entry.Folder + name)],
        var source when File.Exists(source) => [WebAddress.In(source, name)],
        var source when Path.IsPathFullyQualified(source) || source.StartsWith("file:", StringComparison.OrdinalIgnoreCase) =>
            [WebAddress.In(source, $"{entry.Name}/{name}"), WebAddress.In(source, entry.Folder + name), WebAddress.In(source, name)],
        var source => [WebAddress.In(source, entry.Folder + name)],
    };

    PretrainedModel Described(PretrainedEntry entry, LockedFile weights, bool fromCache) => new()
    {
        Name = entry.Name, Architecture = entry.Architecture, Path = Path.Combine(cache.FolderOf(entry), weights.As), Sha256 = weights.AsSha256, SourceSha256 = weights.Sha256,
        Bytes = new FileInfo(Path.Combine(cache.FolderOf(entry), weights.As)).Length, Licence = entry.Licence, Source = weights.Source, FromCache = fromCache,
    };

    FineTuneLock Hold(PretrainedEntry entry, Action<DownloadProgress>? report, CancellationToken cancel)
    {
        var (place, purpose) = (Path.Combine(cache.FolderOf(entry), ".entry.lock"), $"saving {entry.Name}");
        var held = FineTuneLock.Acquire(place, purpose, LockPolicy.Skip, TimeSpan.Zero, cancel);
        if (held is null) report?.Invoke(new() { File = entry.Name, Activity = "Waiting for another process that saves" });
        held ??= FineTuneLock.Acquire(place, purpose, LockPolicy.Wait, Timeout.InfiniteTimeSpan, cancel)!;
        if (cache.IsShared) SharedFiles.Open(place);
        return held;
    }
}

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

    /// <summary>Other entries are asked for too, whose files may have the same names.</summary>
    public bool IsOneOfSeveral { get; init; }

    /// <summary>Leave files as their publisher has them, to be carried to another machine.</summary>
    public bool AsPublished { get; init; }
}

/// <summary>Brings an entry's files into a cache, held to the hashes that they had when they first came.</summary>
sealed class PretrainedSave(WeightsCache cache, Downloader downloader, SaveRequest request)
{
    /// <summary>The address of an entry's weights, for a question or a message.</summary>
    public string From(PretrainedEntry entry)
    {
        var source = SourceLayout.Of(entry, request.Source);
        return WebAddress.Shown(source[source.NamesOf(entry.Files[0])[0]]);
    }

    /// <exception cref="FineTuneException">As <see cref="Downloader.Save"/>; PublishedFileChanged, WrongRecord, FlatSource; the file cannot be converted.</exception>
    public PretrainedModel Run(PretrainedEntry entry, Action<DownloadProgress>? report, CancellationToken cancel)
    {
        // Of a cache that others filled this account need not be able to write anything.
        if (!request.Force && There(entry, cancel) is { } there) return there;
        var source = SourceLayout.Of(entry, request.Source);
        if (source.IsLocal) Require(entry, source);
        PlainFile.RefuseLink(cache.FolderOf(entry));
        if (cache.IsShared) SharedFiles.MakeFolder(cache.FolderOf(entry));
        using var held = Hold(entry, report, cancel);
        if (!request.Force && There(entry, cancel) is { } made) return made;
        var files = entry.Files.Select(file => Bring(entry, file, source, report, cancel)).ToList();
        return Described(entry, files[0]!, fromCache: false);
    }

    // Before anything is recorded: of a folder it can be told.
    void Require(PretrainedEntry entry, SourceLayout source)
    {
        if (WebAddress.LocalPath(request.Source!) is { } given && !Path.Exists(given)) throw Fault.NoSuchSource(given, entry.Files[0].Name);
        bool Is(string name) => File.Exists(source[name].LocalPath);
        if (entry.Files.FirstOrDefault(file => !file.IsOptional && !file.Names.Any(Is)) is { } lacking) throw Fault.NoneOfNames(WebAddress.Shown(source[lacking.Name]), lacking.Names, null);
        // One file by its plain name would be taken for the weights of each.
        if (request.IsOneOfSeveral && source.IsFlat && entry.Files[0] is { Sha256: null } weights) throw Fault.FlatSource(entry.Name, WebAddress.Shown(source[weights.Names.First(Is)]));
    }

    PretrainedModel? There(PretrainedEntry entry, CancellationToken cancel)
    {
        LockedFile? weights = null;
        foreach (var file in entry.Files)
        {
            var known = file.Names.Select(name => cache.Lock.Find(entry.Name, name)).FirstOrDefault(found => found is not null);
            // One that lies there without being recorded is nobody's, and is fetched or taken away.
            if (known is null && file.IsOptional && !File.Exists(Path.Combine(cache.FolderOf(entry), file.Name))) continue;
            if (known is null || !file.FactsOf(known.Name).Allows(known.Sha256) || !IsHere(entry, known, cancel)) return null;
            weights ??= known;
        }
        return weights is null ? null : Described(entry, weights, fromCache: true);
    }

    bool IsHere(PretrainedEntry entry, LockedFile known, CancellationToken cancel) =>
        known.As == Kept(known.Name) && Path.Combine(cache.FolderOf(entry), known.As) is var path && File.Exists(path) && FileHash.Of(path, cancel) == known.AsSha256;

    string Kept(string name) => request.AsPublished ? name : WeightsCache.NameOf(name);

    // Null for an optional file that there is none of.
    LockedFile? Bring(PretrainedEntry entry, PretrainedFile file, SourceLayout source, Action<DownloadProgress>? report, CancellationToken cancel)
    {
        // What came first is what the entry is held to, also where there is one of the other name by now.
        var names = source.NamesOf(file).OrderByDescending(name => cache.Lock.Find(entry.Name, name) is not null).ToList();
        foreach (var name in names)
            try
            {
                return Saved(entry, name, source[name], file.FactsOf(name), report, cancel);
            }
            catch (FineTuneException none) when (none.Id == "DownloadNotFound")
            {
                // The next name may have it.
                if (!file.IsOptional && name == names[^1]) throw Fault.NoneOfNames(WebAddress.Shown(source[names[0]]), names, none);
            }
        if (cache.Lock.Find(entry.Name, file.Name) is null) Leftovers.TryRemove(Path.Combine(cache.FolderOf(entry), file.Name));
        return null;
    }

    LockedFile Saved(PretrainedEntry entry, string name, Uri address, FileFacts published, Action<DownloadProgress>? report, CancellationToken cancel)
    {
        var known = cache.Lock.Find(entry.Name, name);
        if (known is not null && !published.Allows(known.Sha256)) throw Fault.WrongRecord(cache.Lock.Path, entry.Name, name, published.Sha256!, known.Sha256);
        var path = Path.Combine(cache.FolderOf(entry), name);
        // The one before it took its time.
        PlainFile.RefuseLink(cache.FolderOf(entry));
        try
        {
            var expected = known is null ? published : new() { Sha256 = known.Sha256, Bytes = known.Bytes };
            // A file that lies here, and that nothing is known of, is nobody's.
            var saved = downloader.Save(address, path, expected, report, cancel, replace: expected.Sha256 is null);
            var kept = Kept(name) == name ? saved : Converted(entry, name, saved, Path.Combine(cache.FolderOf(entry), Kept(name)));
            var file = new LockedFile
            {
                Entry = entry.Name, Name = name, Sha256 = saved.Sha256, Bytes = saved.Bytes, Source = known?.Source ?? WebAddress.Shown(address), As = Path.GetFileName(kept.Path), AsSha256 = kept.Sha256,
            };
            cache.Lock.Record(file, cancel);
            // What was fetched for a conversion alone does not stay beside it.
            if (kept != saved && !saved.WasThere) Leftovers.TryRemove(saved.Path);
            return file;
        }
        catch (FineTuneException wrong) when (known is not null && wrong.Id is "WrongHash" or "WrongSize")
        {
            throw Fault.PublishedFileChanged(WebAddress.Shown(address), cache.Lock.Path, known!.Sha256, wrong);
        }
    }

    // The same bytes wherever the file came from.
    SavedFile Converted(PretrainedEntry entry, string name, SavedFile saved, string target)
    {
        var own = Catalog<ModelSpec>.Names.Contains(entry.Architecture) ? (Catalog<ModelSpec>.Create(entry.Architecture) as NetworkSpec)?.DefaultPreprocessing : null;
        var notes = new Dictionary<string, string> { ["name"] = entry.Name, ["licence"] = entry.Licence, ["source"] = WebAddress.Shown(WebAddress.In(entry.Url, entry.Folder, name)), ["page"] = entry.Page, ["source_sha256"] = saved.Sha256 };
        var written = WeightsConversion.Write(saved.Path, target, entry.Preprocessing ?? own, notes.Where(note => note.Value.Length > 0).ToDictionary());
        if (cache.IsShared) SharedFiles.Open(target);
        return new(target, written.Sha256, written.Bytes, saved.WasThere);
    }

    PretrainedModel Described(PretrainedEntry entry, LockedFile weights, bool fromCache) => new()
    {
        Name = entry.Name, Architecture = entry.Architecture, Path = Path.Combine(cache.FolderOf(entry), weights.As), Sha256 = weights.AsSha256, SourceSha256 = weights.Sha256,
        Bytes = new FileInfo(Path.Combine(cache.FolderOf(entry), weights.As)).Length, Licence = entry.Licence, Source = weights.Source, FromCache = fromCache,
    };

    FineTuneLock Hold(PretrainedEntry entry, Action<DownloadProgress>? report, CancellationToken cancel) =>
        SharedFiles.Hold(Path.Combine(cache.FolderOf(entry), ".entry.lock"), $"saving {entry.Name}", cache.IsShared, Timeout.InfiniteTimeSpan,
            () => report?.Invoke(new() { File = entry.Name, Activity = "Waiting for another process that saves" }), cancel);
}

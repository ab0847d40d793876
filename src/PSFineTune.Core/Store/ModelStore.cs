using PSFineTune.Locking;
using PSFineTune.Packaging;

namespace PSFineTune.Store;

/// <summary>
/// Models by name in a folder: packages by the hash of their bytes, and for each name a pointer to the current one and the
/// history of pointers. A writer holds the store's lock, and the pointer is replaced by one rename, so readers need neither
/// a lock nor the right to write, and see one model or the other. What a writer that was killed leaves is no part of it.
/// </summary>
/// <param name="folder">Of the store; made by the first publish.</param>
sealed class ModelStore(string folder)
{
    const int Tries = 10;

    readonly StoreFolder _folder = new(folder);

    /// <summary>Full path.</summary>
    public string Folder => _folder.Root;

    /// <summary>Hears what is worth a word and is no fault; called on the calling thread.</summary>
    public Action<string>? Tell { get; init; }

    /// <summary>How long a writer waits for another.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Checked while waiting.</summary>
    public CancellationToken Cancel { get; init; }

    /// <summary>How long a package that was current is not removed: a reader opens it first and loads it after.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromMinutes(10);

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Makes a model the current one of a name; nothing where it is that already. A model that is in no package file is written as one first.</summary>
    /// <exception cref="FineTuneException">As of the other Publish.</exception>
    public PublishedModel Publish(string name, TrainedModel model, Publication why)
    {
        StoreName.Of(name);
        if (model.PackagePath is { } path) return Publish(name, path, why);
        var exported = Path.Combine(_folder.Packages, $"{Guid.NewGuid():N}.tmp");
        try
        {
            model.Export(exported, null);
            return Publish(name, exported, why);
        }
        finally
        {
            Retention.Removed(new(exported));
        }
    }

    /// <summary>Makes a package the current one of a name; nothing where it is that already.</summary>
    /// <param name="name">See <see cref="StoreName"/>.</param>
    /// <param name="packagePath">Is opened and verified before anything is changed, and copied in.</param>
    /// <param name="why">What is written down, and how many versions are kept.</param>
    /// <exception cref="FineTuneException">BadModelName, CodeNotAllowed, the faults of a package, Locked, CannotWrite, DamagedStore, NewerSchema; what was current still is.</exception>
    public PublishedModel Publish(string name, string packagePath, Publication why)
    {
        var (own, keep) = (StoreName.Of(name), why.Keep ?? Publication.DefaultKeep);
        if (keep < 1) throw Fault.BadPlanSetting(nameof(why.Keep), keep, "1 or more");
        var package = PackageFile.Open(packagePath).Package;
        package.RequireConsent();
        if (package.Base is not null) throw Fault.AdapterPublished(packagePath);
        var hash = StoreFolder.HashOf(packagePath);
        using var held = Hold($"publish {own}");
        var (pointer, history) = Settled(own);
        if (why.Expected is { } expected && expected != (pointer?.Current.Hash ?? "")) throw Fault.PublishedMeanwhile(own, Folder);
        CopyIn(packagePath, hash);
        if (pointer?.Current.Hash == hash)
        {
            Tell?.Invoke($"Version {pointer.Current.Version} of {own} is this model already; nothing is changed.");
            return pointer.Current.Shown(_folder, own, isCurrent: true);
        }
        var entry = StoreEntry.Now(PublishAction.Publish, why.Reason, pointer?.Current.Version, Clock) with
        {
            Version = history.Select(one => one.Version).DefaultIfEmpty().Max() + 1, Hash = hash, Verdict = why.Verdict,
            Model = package.Model, RunId = package.RunId ?? "", Accuracy = package.Accuracy,
        };
        StoreEntry[] after = [.. history, entry];
        var kept = Retention.Kept(_folder, after, keep);
        Point(own, entry, after, kept);
        Retention.Sweep(_folder, after, Clock.GetUtcNow(), Grace, Tell);
        return entry.Shown(_folder, own, isCurrent: true);
    }

    /// <summary>Makes current again what was: the newest other model beneath, so that a second call goes one further back, or a version.</summary>
    /// <param name="name">Of the model.</param>
    /// <param name="reason">In the user's words.</param>
    /// <param name="toVersion">A version, newer or older; null for the one before.</param>
    /// <exception cref="FineTuneException">NotPublished, NothingToUndo, NoSuchVersion, VersionNotKept, Locked, CannotWrite, DamagedStore, NewerSchema, the faults of a package; what was current still is.</exception>
    public PublishedModel Undo(string name, string reason, int? toVersion)
    {
        var own = StoreName.Of(name);
        if (!_folder.Has(own)) throw Fault.NotPublished(own, Folder, Names());
        using var held = Hold($"undo {own}");
        var (pointer, history) = Settled(own);
        if (pointer is null) throw Fault.NotPublished(own, Folder, Names());
        var target = toVersion is { } version
            ? history.LastOrDefault(entry => entry.Version == version) ?? throw Fault.NoSuchVersion(own, version, Folder, Versions(history))
            : VersionStack.Previous(VersionStack.Of(history)) ?? throw Fault.NothingToUndo(own, Folder);
        if (target.Version == pointer.Current.Version)
        {
            Tell?.Invoke($"Version {target.Version} of {own} is the current one already; nothing is changed.");
            return pointer.Current.Shown(_folder, own, isCurrent: true);
        }
        if (!_folder.IsWhole(target.Hash)) throw Fault.VersionNotKept(own, target.Version, Folder, Versions(history.Where(entry => _folder.IsWhole(entry.Hash))));
        PackageFile.Open(_folder.PackagePath(target.Hash));
        var entry = StoreEntry.Now(PublishAction.Undo, reason, pointer.Current.Version, Clock) with
        {
            Version = target.Version, Hash = target.Hash, Verdict = target.Verdict, Model = target.Model, RunId = target.RunId, Accuracy = target.Accuracy,
        };
        Point(own, entry, [.. history, entry], [.. pointer.Kept.Union([target.Hash])]);
        return entry.Shown(_folder, own, isCurrent: true);
    }

    /// <summary>What a name means now.</summary>
    /// <exception cref="FineTuneException">NotPublished, CannotRead, DamagedStore, NewerSchema.</exception>
    public PublishedModel Current(string name)
    {
        var own = StoreName.Of(name);
        return _folder.Pointer(own) is { } pointer ? pointer.Current.Shown(_folder, own, isCurrent: true) : throw Fault.NotPublished(own, Folder, Names());
    }

    /// <summary>All that was current, the newest first.</summary>
    /// <exception cref="FineTuneException">NotPublished, CannotRead, DamagedStore, NewerSchema.</exception>
    public IReadOnlyList<PublishedModel> History(string name)
    {
        var own = StoreName.Of(name);
        var history = _folder.Has(own) ? _folder.History(own) : throw Fault.NotPublished(own, Folder, Names());
        return [.. history.Select((entry, i) => entry.Shown(_folder, own, isCurrent: i == history.Count - 1)).Reverse()];
    }

    /// <summary>Names that something is published by, in ordinal order; none of a store that is not there.</summary>
    /// <exception cref="FineTuneException">CannotRead.</exception>
    public IReadOnlyList<string> Names() => _folder.Names();

    /// <summary>What a name means now, every byte verified. Where a publish removes the package between two looks, there is a newer one to look at.</summary>
    /// <exception cref="FineTuneException">NotPublished, CannotRead, DamagedStore, NewerSchema, the faults of a package.</exception>
    public (PublishedModel Published, PackageContent Content) Open(string name)
    {
        for (var tries = 1; ; tries++)
        {
            var published = Current(name);
            try
            {
                if (StoreFolder.HashOf(published.Path) != published.Hash) throw Fault.DamagedPackage(published.Path, "its bytes have another SHA-256 than its name says");
                return (published, PackageFile.Open(published.Path));
            }
            catch (FineTuneException) when (tries < Tries && (!File.Exists(published.Path) || Current(name).Hash != published.Hash))
            {
                Cancel.WaitHandle.WaitOne(10 * tries);
                Cancel.ThrowIfCancellationRequested();
            }
        }
    }

    static IEnumerable<int> Versions(IEnumerable<StoreEntry> entries) => entries.Select(entry => entry.Version).Distinct().Order();

    FineTuneLock Hold(string purpose)
    {
        var held = FineTuneLock.Acquire(_folder.LockPath, purpose, LockPolicy.Wait, Patience, Cancel)!;
        if (held.Note is { } note) Tell?.Invoke(note);
        if (held.Warning is { } warning) Tell?.Invoke(warning);
        return held;
    }

    // What a writer that was killed did not come to write down is written down before anything else is.
    (StorePointer? Pointer, IReadOnlyList<StoreEntry> History) Settled(string name)
    {
        var history = _folder.History(name);
        if (history.Count > 0) _folder.Write(name, history);
        return (_folder.Pointer(name), history);
    }

    void CopyIn(string source, string hash)
    {
        if (_folder.IsWhole(hash)) return;
        _folder.CopyIn(source, hash);
        PackageFile.Open(_folder.PackagePath(hash));
    }

    void Point(string name, StoreEntry entry, IReadOnlyList<StoreEntry> history, IReadOnlyList<string> kept)
    {
        _folder.Write(name, new StorePointer { Current = entry, Kept = kept });
        try
        {
            _folder.Write(name, history);
        }
        catch (FineTuneException late)
        {
            // It is published: the pointer says so, and the next writer writes down what it says.
            Tell?.Invoke($"The history of {name} could not be written and will be by the next publish: {late.Message}");
        }
    }
}

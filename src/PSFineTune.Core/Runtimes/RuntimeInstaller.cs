using PSFineTune.Downloads;
using PSFineTune.Locking;

namespace PSFineTune.Runtimes;

/// <summary>
/// Brings the libraries whole or not at all: packages are verified before they are unpacked, that is done beside, and the
/// folder is renamed when all is there. One process at a time installs a runtime. One that was killed leaves a folder that
/// nobody looks at, which the next removes, and what it had fetched, which the next goes on with; what it was to replace is
/// put back before anything is fetched.
/// </summary>
sealed class RuntimeInstaller(RuntimeRequest request)
{
    readonly RuntimePlacement _placement = new(request.Root, request.Entry.Folder);

    RuntimeEntry Entry => request.Entry;

    /// <summary>The record of an installed folder, whose files all are there with their sizes; null where there is none.</summary>
    /// <exception cref="FineTuneException">RuntimeDamaged.</exception>
    public static FineTuneRuntime? Read(string folder)
    {
        var path = Path.Combine(folder, RuntimeFolders.RecordName);
        if (!File.Exists(path)) return null;
        try
        {
            var record = PlanJson.Read<FineTuneRuntime>(File.ReadAllText(path)) with { Path = folder };
            return record.Files.FirstOrDefault(file => new FileInfo(Path.Combine(folder, file.Name)) is var there && !(there.Exists && there.Length == file.Bytes)) is { } wrong ? throw Fault.RuntimeDamaged(folder, wrong.Name) : record;
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException || wrong is FineTuneException { Id: "InvalidJson" })
        {
            throw Fault.RuntimeDamaged(folder, RuntimeFolders.RecordName);
        }
    }

    /// <summary>The libraries of an installed folder whose content is not what was installed.</summary>
    public static IReadOnlyList<string> Changed(FineTuneRuntime runtime, CancellationToken cancel) =>
        [.. runtime.Files.Where(file => FileHash.Of(Path.Combine(runtime.Path, file.Name), cancel) != file.Sha256).Select(file => file.Name)];

    /// <exception cref="FineTuneException">As <see cref="NuGetFetch.Open"/> and <see cref="RuntimeUnpacking.Run"/>; UnpinnedPackage, RuntimeDamaged, RuntimeInUse, RuntimeSetAside, Locked, NoLocks.</exception>
    public FineTuneRuntime Install(CancellationToken cancel)
    {
        _ = request.Packages();
        if (There() is { } there) return there;
        if (request.IsShared) SharedFiles.MakeFolder(request.Root);
        using var held = FineTuneLock.Acquire(_placement.LockPath, $"installing {Entry.Folder}", LockPolicy.Wait, Timeout.InfiniteTimeSpan, cancel);
        _placement.Restore();
        // Another process may have installed it meanwhile.
        if (There() is { } installed) return installed;
        _placement.RemoveLeft();
        DiskRoom.Require(request.Root, Entry.Bytes);
        var beside = _placement.NewBeside();
        try
        {
            var record = Unpack(beside, cancel);
            if (request.IsShared) Share(beside);
            _placement.Place(beside);
            Leftovers.TryRemove(_placement.Downloads);
            return record;
        }
        finally
        {
            _placement.RemoveLeft();
        }
    }

    /// <summary>Lays the packages and their hashes into a folder that another machine takes as its source.</summary>
    /// <exception cref="FineTuneException">As <see cref="NuGetFetch.Save"/>; UnpinnedPackage.</exception>
    public FineTuneRuntime Download(CancellationToken cancel)
    {
        using var fetch = new NuGetFetch(request);
        var packages = fetch.Save(request.Root, cancel);
        // Two platforms may be downloaded into one folder at once, and none may lose the other's lines.
        using (FineTuneLock.Acquire(Path.Combine(request.Root, $".{NuGetFolder.Sums}.lock"), "writing the hashes", LockPolicy.Wait, Timeout.InfiniteTimeSpan, cancel))
            DurableFile.WriteText(Path.Combine(request.Root, NuGetFolder.Sums), NuGetFolder.SumsWith(request.Root, packages));
        return new() { Path = request.Root, Runtime = Entry.Runtime, Accelerator = Entry.Accelerator, Version = Entry.Version, Packages = packages, Bytes = packages.Sum(package => package.Bytes ?? 0) };
    }

    FineTuneRuntime? There()
    {
        if (request.Force || Read(request.Target) is not { } there) return null;
        // Another installer, or a version of this one that did not do so, may have left it closed.
        if (request.IsShared) Share(request.Target);
        return there with { WasThere = true };
    }

    FineTuneRuntime Unpack(string beside, CancellationToken cancel)
    {
        MakeFolder(beside);
        using var fetch = new NuGetFetch(request);
        var packages = fetch.Open(_placement.Downloads, cancel);
        var files = new RuntimeUnpacking(Entry, beside, request.Report).Run(packages, cancel);
        var record = new FineTuneRuntime
        {
            Runtime = Entry.Runtime, Accelerator = Entry.Accelerator, Version = Entry.Version, Bytes = files.Sum(file => file.Bytes),
            Packages = [.. packages.Select(package => package.Package)], Files = files,
        };
        DurableFile.WriteText(Path.Combine(beside, RuntimeFolders.RecordName), PlanJson.Write(record));
        return record with { Path = request.Target };
    }

    // An administrator's mask would keep all others out of what is installed for them.
    static void Share(string folder)
    {
        SharedFiles.Open(folder);
        foreach (var file in Directory.EnumerateFiles(folder)) SharedFiles.Open(file);
    }

    static void MakeFolder(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw Fault.CannotWrite(path, wrong);
        }
    }
}

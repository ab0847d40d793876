using PSFineTune.Downloads;
using PSFineTune.Locking;

namespace PSFineTune.Runtimes;

/// <summary>
/// Brings the libraries whole or not at all: packages are verified before they are unpacked, that is done beside, and the
/// folder is renamed when all is there. One process at a time installs a runtime. One that was killed leaves a folder that
/// nobody looks at, which the next removes, and what it had fetched, which the next goes on with.
/// </summary>
sealed class RuntimeInstaller(RuntimeRequest request)
{
    RuntimeEntry Entry => request.Entry;

    string Downloads => Path.Combine(request.Root, ".downloads");

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

    /// <exception cref="FineTuneException">As <see cref="PackageFetch.Open"/> and <see cref="RuntimeUnpacking.Run"/>; UnpinnedPackage, RuntimeDamaged, RuntimeInUse, Locked, NoLocks.</exception>
    public FineTuneRuntime Install(CancellationToken cancel)
    {
        _ = request.Packages();
        if (!request.Force && Read(request.Target) is { } there) return there with { WasThere = true };
        using var held = FineTuneLock.Acquire(Path.Combine(request.Root, $".{Entry.Folder}.lock"), $"installing {Entry.Folder}", LockPolicy.Wait, Timeout.InfiniteTimeSpan, cancel);
        // Another process may have installed it meanwhile.
        if (!request.Force && Read(request.Target) is { } installed) return installed with { WasThere = true };
        RemoveLeft();
        DiskRoom.Require(request.Root, Entry.Bytes);
        var beside = Path.Combine(request.Root, $".{Entry.Folder}.{Guid.NewGuid():n}.tmp");
        try
        {
            var record = Unpack(beside, cancel);
            Place(beside);
            return record;
        }
        finally
        {
            RemoveLeft();
        }
    }

    /// <summary>Lays the packages and their hashes into a folder that another machine takes as its source.</summary>
    /// <exception cref="FineTuneException">As <see cref="PackageFetch.Save"/>; UnpinnedPackage.</exception>
    public FineTuneRuntime Download(CancellationToken cancel)
    {
        using var fetch = new PackageFetch(request);
        var packages = fetch.Save(request.Root, cancel);
        DurableFile.WriteText(Path.Combine(request.Root, FolderSource.Sums), FolderSource.SumsWith(request.Root, packages));
        return new() { Path = request.Root, Runtime = Entry.Runtime, Accelerator = Entry.Accelerator, Version = Entry.Version, Packages = packages, Bytes = packages.Sum(package => package.Bytes ?? 0) };
    }

    FineTuneRuntime Unpack(string beside, CancellationToken cancel)
    {
        MakeFolder(beside);
        using var fetch = new PackageFetch(request);
        var packages = fetch.Open(Downloads, cancel);
        var files = new RuntimeUnpacking(Entry, beside, request.Report).Run(packages, cancel);
        var record = new FineTuneRuntime
        {
            Runtime = Entry.Runtime, Accelerator = Entry.Accelerator, Version = Entry.Version, Bytes = files.Sum(file => file.Bytes),
            Packages = [.. packages.Select(package => package.Package)], Files = files,
        };
        DurableFile.WriteText(Path.Combine(beside, RuntimeFolders.RecordName), PlanJson.Write(record));
        return record with { Path = request.Target };
    }

    // Where there is one already, the new one takes its place; only between the two renames there is none.
    void Place(string beside)
    {
        var former = Path.Combine(request.Root, $".{Entry.Folder}.{Guid.NewGuid():n}.tmp");
        try
        {
            var wasThere = Directory.Exists(request.Target);
            if (wasThere) Directory.Move(request.Target, former);
            try
            {
                Directory.Move(beside, request.Target);
            }
            catch when (wasThere)
            {
                Directory.Move(former, request.Target);
                throw;
            }
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw Fault.RuntimeInUse(request.Target, wrong);
        }
        foreach (var package in Entry.Packages) Remove(Path.Combine(Downloads, package.FileName));
    }

    // Under the lock, so nobody is at work there. On Windows a library that is loaded cannot be deleted; the next install tries again.
    void RemoveLeft()
    {
        foreach (var left in Directory.EnumerateDirectories(request.Root, $".{Entry.Folder}.*.tmp")) Remove(left);
    }

    static void Remove(string path)
    {
        try
        {
            if (Directory.Exists(path)) Directory.Delete(path, recursive: true);
            else File.Delete(path);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            // It takes space and nothing else.
        }
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

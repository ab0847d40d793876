using PSFineTune.Locking;

namespace PSFineTune.Runtimes;

/// <summary>Finds installed runtimes and removes them, whole or not at all.</summary>
static class RuntimeRemoval
{
    /// <summary>The runtime of a folder, whole or damaged.</summary>
    /// <param name="folder">Full path.</param>
    /// <exception cref="FineTuneException">NotARuntime, for every folder whose record and name do not say that it was installed: it is removed with all that is in it.</exception>
    public static FineTuneRuntime Of(string folder) => Installed(folder) ?? throw Fault.NotARuntime(folder);

    /// <summary>Those under a folder.</summary>
    /// <param name="root">Full path.</param>
    /// <param name="runtime">The platform: one folder may have those of several machines.</param>
    /// <param name="accelerator">Such as cpu; null for all.</param>
    /// <param name="version">Of TorchSharp; null for the one that this version of the module asks for.</param>
    /// <exception cref="FineTuneException">NoSuchInstalledRuntime, CannotRead.</exception>
    public static IReadOnlyList<FineTuneRuntime> Find(string root, string runtime, string? accelerator, string? version)
    {
        var wanted = version is null ? [.. RuntimeList.Own.Runtimes.Select(entry => entry.Version).Distinct()] : new[] { version };
        List<FineTuneRuntime> found = [.. Folders(root).Select(Installed).OfType<FineTuneRuntime>()
            .Where(each => each.Runtime.Equals(runtime, StringComparison.OrdinalIgnoreCase) && wanted.Contains(each.Version) && (accelerator is null || each.Accelerator.Equals(accelerator, StringComparison.OrdinalIgnoreCase)))];
        return found.Count > 0 ? found : throw Fault.NoSuchInstalledRuntime($"{string.Join(" or ", wanted)}{(accelerator is null ? "" : $" for {accelerator}")} on {runtime}", root);
    }

    /// <summary>Removes one, and what installs of it that were cut off have left.</summary>
    /// <exception cref="FineTuneException">NotARuntime, RuntimeInUse, Locked, NoLocks, CannotWrite.</exception>
    public static FineTuneRuntime Remove(FineTuneRuntime runtime, CancellationToken cancel)
    {
        var (root, name) = (Path.GetDirectoryName(runtime.Path)!, Path.GetFileName(runtime.Path));
        var placement = new RuntimePlacement(root, name);
        using var held = FineTuneLock.Acquire(placement.LockPath, $"removing {name}", LockPolicy.Wait, Timeout.InfiniteTimeSpan, cancel);
        // Another process may have removed it meanwhile.
        _ = Of(runtime.Path);
        placement.Remove();
        return runtime;
    }

    // Not as the installer reads it: what is damaged is to be removed too.
    static FineTuneRuntime? Installed(string folder)
    {
        var path = Path.Combine(folder, RuntimeFolders.RecordName);
        try
        {
            return File.Exists(path) && PlanJson.Read<FineTuneRuntime>(File.ReadAllText(path)) is { Version.Length: > 0 } record
                && $"{record.Version}-{record.Runtime}-{record.Accelerator}" == Path.GetFileName(folder) ? record with { Path = folder } : null;
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException || wrong is FineTuneException { Id: "InvalidJson" })
        {
            return null;
        }
    }

    static string[] Folders(string root)
    {
        try
        {
            return Directory.Exists(root) ? Directory.GetDirectories(root) : [];
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw Fault.CannotRead(root, wrong);
        }
    }
}

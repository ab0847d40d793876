using PSFineTune.Downloads;

namespace PSFineTune.Runtimes;

/// <summary>A package and its file, open since it was verified, so that it is that content which is unpacked.</summary>
sealed record VerifiedNuGetPackage(RuntimePackage Package, FileStream File);

/// <summary>Brings packages from the first source that has them, and holds each open from when it was verified until it is unpacked.</summary>
sealed class NuGetFetch(RuntimeRequest request) : IDisposable
{
    readonly List<FileStream> _open = [];

    public void Dispose() => _open.ForEach(file => file.Dispose());

    /// <summary>The packages with their hashes, sizes and sources, and their files open for reading; each is what it has to be.</summary>
    /// <param name="folder">Where those go that are not on a disk here.</param>
    /// <param name="cancel">Ends it; what has come is kept.</param>
    /// <exception cref="FineTuneException">As <see cref="Downloader.Save"/>; PackageNotFound, WrongPackage.</exception>
    public IReadOnlyList<VerifiedNuGetPackage> Open(string folder, CancellationToken cancel) =>
        [.. request.Packages().Select(package => First(package, source => Opened(source, package, folder, cancel)))];

    /// <summary>Lays the packages into a folder, whole.</summary>
    /// <exception cref="FineTuneException">As <see cref="Open"/>.</exception>
    public IReadOnlyList<RuntimePackage> Save(string folder, CancellationToken cancel) =>
        [.. request.Packages().Select(package => First(package, source => Saved(source, package, folder, cancel)))];

    T First<T>(RuntimePackage package, Func<NuGetSource, T?> from) where T : class
    {
        FineTuneException? worst = null;
        foreach (var source in request.Sources)
        {
            try
            {
                if (from(source) is { } found) return found;
            }
            // The next source may have what this one has not, or not as it should be.
            catch (FineTuneException fault) when (fault.Id is not ("NoRoom" or "CannotWrite"))
            {
                if (fault.Id != "DownloadNotFound") worst ??= fault;
            }
        }
        throw worst ?? Fault.PackageNotFound(package.Id, package.Version, request.Sources.Select(source => source.Name));
    }

    VerifiedNuGetPackage? Opened(NuGetSource source, RuntimePackage package, string folder, CancellationToken cancel)
    {
        if (source.Locate(package, cancel) is not { } place) return null;
        var path = place.IsFile ? place.LocalPath : Download(source, place, package, folder, cancel).Path;
        var file = Read(path);
        try
        {
            request.Report?.Invoke(new() { Activity = "Verifying", File = package.FileName, Done = 0, Total = file.Length });
            var (hash, wanted) = (FileHash.Of(file, cancel), Wanted(source, package));
            if (wanted is not null && hash != wanted) throw Fault.WrongPackage(path, wanted, hash);
            _open.Add(file);
            return new(package with { Sha256 = hash, Bytes = file.Length, Source = source.Name }, file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    RuntimePackage? Saved(NuGetSource source, RuntimePackage package, string folder, CancellationToken cancel) =>
        source.Locate(package, cancel) is { } place && Download(source, place, package, folder, cancel) is var saved ? package with { Sha256 = saved.Sha256, Bytes = saved.Bytes, Source = source.Name } : null;

    SavedFile Download(NuGetSource source, Uri place, RuntimePackage package, string folder, CancellationToken cancel) =>
        source.Downloader.Save(place, Path.Combine(folder, package.FileName), new() { Sha256 = Wanted(source, package), Bytes = package.Bytes }, request.Report, cancel);

    // What is pinned or given comes before what the source says of itself.
    static string? Wanted(NuGetSource source, RuntimePackage package) => package.Sha256 ?? source.HashOf(package);

    static FileStream Read(string path)
    {
        try
        {
            return new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw Fault.CannotRead(path, wrong);
        }
    }
}

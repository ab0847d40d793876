using PSFineTune.Locking;

namespace PSFineTune.Downloads;

/// <summary>
/// Fetches files whole or not at all: what has come is kept in a part beside the target and gone on with, by the same or
/// another process; size and hash are checked before the part takes its place. One process at a time fetches a file.
/// </summary>
sealed class Downloader(DownloadOptions options) : IDisposable
{
    readonly WebRequests _requests = new(options);

    public void Dispose() => _requests.Dispose();

    /// <summary>A file, fetched where it is not there already.</summary>
    /// <param name="from">An http, https or file address.</param>
    /// <param name="path">Where it belongs; the folder is made.</param>
    /// <param name="expected">What it must be.</param>
    /// <param name="report">Told how far it is, on the thread that calls.</param>
    /// <param name="cancel">Ends it within a second; what has come is kept.</param>
    /// <param name="replace">Fetch it though it is there, as by the options.</param>
    /// <exception cref="FineTuneException">BadSource, InsecureDownload, InsecureRedirect, TooManyRedirects, DownloadNotFound, DownloadDenied, ProxyDenied, CaptivePortal, UntrustedServer, NoNetwork, DownloadFailed, UnexpectedAnswer, WrongHash, WrongSize, NoRoom, LinkInPlace, CannotWrite, CannotRead, Locked, NoLocks.</exception>
    public SavedFile Save(Uri from, string path, FileFacts expected, Action<DownloadProgress>? report, CancellationToken cancel, bool replace = false)
    {
        WebAddress.Check(from, options.AllowInsecure);
        var full = Path.GetFullPath(path);
        replace |= options.Replace;
        if (!replace && There(full, expected, cancel) is { } there) return there;
        if (options.Shared) SharedFiles.MakeFolder(Path.GetDirectoryName(full)!);
        using var held = Hold(full, report, cancel);
        // Another process may have fetched it meanwhile.
        if (!replace && There(full, expected, cancel) is { } fetched) return fetched;
        using var part = PartFile.Open(full, WebAddress.Shown(from), expected.Sha256 is not null, options.Shared);
        var pace = new DownloadPace(Path.GetFileName(full), report);
        for (var isSecond = false; ; isSecond = true)
        {
            var isPatched = Bring(from, part, expected, pace, cancel);
            var hash = part.Sha256(cancel);
            if (expected.Allows(hash))
            {
                var bytes = part.Length;
                part.Finish();
                return new(full, hash, bytes, WasThere: false);
            }
            // The beginning may be of another file than the rest: then the whole is fetched again, in one piece or not, but once.
            if (!isPatched || isSecond)
            {
                part.Remove();
                throw Fault.WrongHash(WebAddress.Shown(from), expected.Sha256!, hash, from.IsFile);
            }
            part.Restart(new() { Address = WebAddress.Shown(from) });
        }
    }

    /// <summary>What is at an address, in memory: lists and other small things.</summary>
    /// <param name="from">An http, https or file address.</param>
    /// <param name="most">Bytes above which it is refused.</param>
    /// <param name="cancel">Ends it within a second.</param>
    /// <exception cref="FineTuneException">As <see cref="Save"/>, without those of files.</exception>
    public byte[] Read(Uri from, int most, CancellationToken cancel)
    {
        WebAddress.Check(from, options.AllowInsecure);
        using var memory = new MemoryPart(WebAddress.Shown(from), most);
        Bring(from, memory, FileFacts.None, null, cancel);
        return memory.ToArray();
    }

    // Whether it was put together from more than one answer.
    bool Bring(Uri from, IPart part, FileFacts expected, DownloadPace? pace, CancellationToken cancel)
    {
        if (!from.IsFile) return new Transfer(_requests, from, part, expected, options).Run(pace, cancel);
        new FileCopy(from.LocalPath, part, expected).Run(pace, cancel);
        return false;
    }

    static SavedFile? There(string path, FileFacts expected, CancellationToken cancel)
    {
        if (!File.Exists(path)) return null;
        var bytes = new FileInfo(path).Length;
        if (expected.Bytes is { } wanted && wanted != bytes) return null;
        var hash = FileHash.Of(path, cancel);
        return expected.Allows(hash) ? new(path, hash, bytes, WasThere: true) : null;
    }

    FineTuneLock Hold(string path, Action<DownloadProgress>? report, CancellationToken cancel)
    {
        var name = Path.GetFileName(path);
        return SharedFiles.Hold(Path.Combine(Path.GetDirectoryName(path)!, $".{name}.lock"), $"downloading {name}", options.Shared, options.LockWait,
            () => report?.Invoke(new() { File = name, Activity = "Waiting for another process that downloads" }), cancel);
    }
}

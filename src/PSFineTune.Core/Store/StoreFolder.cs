using System.Security.Cryptography;
using PSFineTune.Packaging;

namespace PSFineTune.Store;

/// <summary>Where a store keeps what, and how its files are read and written.</summary>
sealed class StoreFolder(string root)
{
    static readonly TimeSpan s_tried = TimeSpan.FromSeconds(2);
    static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(20);

    public string Root { get; } = Path.GetFullPath(root);

    public string Models => Path.Combine(Root, "models");

    public string Packages => Path.Combine(Root, "packages");

    public string LockPath => Path.Combine(Root, "store.lock");

    public string PackagePath(string hash) => Path.Combine(Packages, hash + ".psft");

    /// <summary>Hashes of all packages that any name still wants: those that it keeps, and those that were current lately, which a reader may have opened and not loaded yet. A name whose pointer is gone, such as while it is repaired, wants all of its history.</summary>
    /// <param name="since">Beginning of lately.</param>
    /// <exception cref="FineTuneException">One cannot be read: then nobody knows what is wanted.</exception>
    public IReadOnlySet<string> Wanted(DateTimeOffset since) => !Directory.Exists(Models) ? new HashSet<string>() : Reading(Models, () => Directory.GetDirectories(Models)).Select(folder => Path.GetFileName(folder)!)
        .SelectMany(name => Pointer(name) is { } pointer ? [.. pointer.Kept, pointer.Current.Hash, .. Left(History(name), since)] : History(name).Select(entry => entry.Hash)).ToHashSet();

    public bool Has(string name) => File.Exists(PointerPath(name));

    /// <summary>In ordinal order.</summary>
    /// <exception cref="FineTuneException">CannotRead.</exception>
    public IReadOnlyList<string> Names() =>
        !Directory.Exists(Models) ? [] : Reading(Models, () => Directory.GetDirectories(Models).Select(folder => Path.GetFileName(folder)!).Where(name => StoreName.IsOne(name) && Has(name)).Order(StringComparer.Ordinal).ToArray());

    /// <summary>Null where nothing was published by that name.</summary>
    /// <exception cref="FineTuneException">CannotRead, DamagedStore, NewerSchema.</exception>
    public StorePointer? Pointer(string name) => Text(PointerPath(name)) is { } json ? StoreJson.Pointer(json, PointerPath(name)) : null;

    /// <summary>Oldest first; the last is what the pointer says, though a writer was killed before it wrote it down here.</summary>
    /// <exception cref="FineTuneException">CannotRead, DamagedStore, NewerSchema.</exception>
    public IReadOnlyList<StoreEntry> History(string name)
    {
        // The pointer first: a publish between the two readings then makes the history longer, and loses nothing.
        var pointer = Pointer(name);
        var entries = StoreJson.History(Text(HistoryPath(name)) ?? "", HistoryPath(name));
        if (pointer is not null && !entries.Contains(pointer.Current)) entries.Add(pointer.Current);
        return entries;
    }

    /// <exception cref="FineTuneException">CannotWrite.</exception>
    public void Write(string name, StorePointer pointer) => Writing(PointerPath(name), PlanJson.Write(pointer));

    /// <exception cref="FineTuneException">CannotWrite.</exception>
    public void Write(string name, IEnumerable<StoreEntry> history)
    {
        var text = StoreJson.Write(history);
        if (Text(HistoryPath(name)) != text) Writing(HistoryPath(name), text);
    }

    /// <summary>Copies a package in, and compares what was written with what was read.</summary>
    /// <exception cref="FineTuneException">ChangedWhileRead, CannotRead, CannotWrite.</exception>
    public void CopyIn(string source, string hash) => DurableFile.Write(PackagePath(hash), stream =>
    {
        using (var from = PartSource.OfFile(source).Open()) from.CopyTo(stream);
        stream.Flush();
        stream.Position = 0;
        if (HashOf(stream) != hash) throw Fault.ChangedWhileRead(PackagePath(hash), Path.GetFileName(source));
    });

    /// <summary>Whether the package is there and is the one that its name says.</summary>
    public bool IsWhole(string hash) => File.Exists(PackagePath(hash)) && HashOf(PackagePath(hash)) == hash;

    /// <exception cref="FineTuneException">CannotRead.</exception>
    public static string HashOf(string path) => PartSource.OfFile(path).Sha256();

    /// <summary>Packages that lie in the store, wanted or not.</summary>
    public IEnumerable<(string Hash, FileInfo File)> StoredPackages() =>
        Files(Packages).Where(file => file.Extension == ".psft" && StoreJson.IsHash(Path.GetFileNameWithoutExtension(file.Name))).Select(file => (Path.GetFileNameWithoutExtension(file.Name), file));

    /// <summary>Files that a writer was about to make.</summary>
    public IEnumerable<FileInfo> Unfinished() =>
        Files(Packages).Concat(Files(Root)).Concat(Directory.Exists(Models) ? Directory.GetDirectories(Models).SelectMany(Files) : []).Where(file => file.Extension == ".tmp");

    static IEnumerable<string> Left(IReadOnlyList<StoreEntry> history, DateTimeOffset since) => history.Zip(history.Skip(1)).Where(pair => pair.Second.Published >= since).Select(pair => pair.First.Hash);

    string PointerPath(string name) => Path.Combine(Models, name, "current.json");

    string HistoryPath(string name) => Path.Combine(Models, name, "history.jsonl");

    static string HashOf(Stream stream) => Convert.ToHexString(SHA256.HashData(stream)).ToLowerInvariant();

    static FileInfo[] Files(string folder) => Directory.Exists(folder) ? new DirectoryInfo(folder).GetFiles() : [];

    // Null for no file. On Windows a file that is being replaced cannot be opened for a moment.
    static string? Text(string path) => Reading(path, () =>
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(stream);
            return reader.ReadToEnd();
        }
        catch (Exception none) when (none is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    });

    static T Reading<T>(string path, Func<T> read)
    {
        for (var tried = TimeSpan.Zero; ; tried += s_pause)
        {
            try
            {
                return read();
            }
            catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
            {
                if (!OperatingSystem.IsWindows() || tried >= s_tried) throw Fault.CannotRead(path, wrong);
            }
            Thread.Sleep(s_pause);
        }
    }

    // On Windows a file that is being read cannot be replaced for a moment.
    static void Writing(string path, string text)
    {
        for (var tried = TimeSpan.Zero; ; tried += s_pause)
        {
            try
            {
                DurableFile.WriteText(path, text);
                return;
            }
            catch (FineTuneException) when (OperatingSystem.IsWindows() && tried < s_tried)
            {
                Thread.Sleep(s_pause);
            }
        }
    }
}

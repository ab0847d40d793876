using System.IO.Enumeration;

namespace PSFineTune.Data;

/// <summary>A file or folder below a root.</summary>
/// <param name="Path">Relative to the root, parts joined by '/'.</param>
/// <param name="IsFolder">False for a file.</param>
/// <param name="Size">Bytes of a file.</param>
/// <param name="Time">Last change of a file, UTC ticks.</param>
readonly record struct TreeEntry(string Path, bool IsFolder, long Size, long Time);

/// <summary>What lies below a folder that may be in any state.</summary>
sealed class FoundTree
{
    public List<TreeEntry> Entries { get; } = [];

    /// <summary>Files and folders that an import passes over because they are hidden; not what an operating system keeps for itself.</summary>
    public List<TreeEntry> Hidden { get; } = [];

    /// <summary>Folders that may not be listed, relative to the root.</summary>
    public List<string> Closed { get; } = [];
}

/// <summary>Everything below a folder but what an operating system or a tool keeps there for itself.</summary>
static class FileTree
{
    static readonly HashSet<string> s_system = new(StringComparer.OrdinalIgnoreCase)
    {
        "__MACOSX", "Thumbs.db", "desktop.ini", ".ipynb_checkpoints", "@eaDir", "$RECYCLE.BIN", "System Volume Information", "lost+found",
        ".DS_Store", ".Trashes", ".Spotlight-V100", ".fseventsd", ".directory",
    };

    // A link may lead in circles that no path betrays; no folder of images is this deep.
    static readonly EnumerationOptions s_options = new() { RecurseSubdirectories = true, AttributesToSkip = 0, IgnoreInaccessible = false, MaxRecursionDepth = 40 };

    /// <exception cref="FineTuneException">CannotRead: a folder below the root may not be listed.</exception>
    public static List<TreeEntry> List(string root, CancellationToken cancel) => Walk(root, null, cancel);

    /// <summary>The same of a folder that may be in any state: what may not be listed, and what is passed over, is told.</summary>
    /// <exception cref="FineTuneException">CannotRead: the root itself may not be listed.</exception>
    public static FoundTree Look(string root, CancellationToken cancel)
    {
        var found = new FoundTree();
        found.Entries.AddRange(Walk(root, found, cancel));
        return found;
    }

    static List<TreeEntry> Walk(string root, FoundTree? found, CancellationToken cancel)
    {
        var all = new List<TreeEntry>();
        try
        {
            using var walk = new TreeWalk(root, found, s_options);
            while (walk.MoveNext())
            {
                cancel.ThrowIfCancellationRequested();
                all.Add(walk.Current);
            }
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw Fault.CannotRead(root, wrong);
        }
        return all;
    }

    /// <summary>Relative to a root, parts joined by '/' on every platform.</summary>
    public static string Relative(string root, string path) => Path.GetRelativePath(root, path).Replace(Path.DirectorySeparatorChar, '/');

    /// <summary>Size and time of the file a path leads to; null where there is none, as behind a link that leads to itself.</summary>
    public static (long Size, long Time)? Stamp(string path)
    {
        var file = new FileInfo(path);
        try
        {
            if (file.LinkTarget is not null && file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo target) file = target;
            return file.Exists ? (file.Length, file.LastWriteTimeUtc.Ticks) : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    sealed class TreeWalk(string folder, FoundTree? found, EnumerationOptions options) : FileSystemEnumerator<TreeEntry>(folder, options)
    {
        readonly string _root = folder;

        protected override bool ShouldIncludeEntry(ref FileSystemEntry entry)
        {
            if (!IsHidden(ref entry)) return true;
            if (found is not null && !IsSystem(ref entry)) found.Hidden.Add(EntryOf(_root, ref entry));
            return false;
        }

        protected override bool ShouldRecurseIntoEntry(ref FileSystemEntry entry)
        {
            if (IsHidden(ref entry) || LeadsBack(ref entry)) return false;
            if (found is null) return true;
            var path = entry.ToSpecifiedFullPath();
            if (CanList(path)) return true;
            found.Closed.Add(Relative(_root, path));
            return false;
        }

        protected override TreeEntry TransformEntry(ref FileSystemEntry entry) => EntryOf(_root, ref entry);
    }

    static bool CanList(string folder)
    {
        try
        {
            using var first = Directory.EnumerateFileSystemEntries(folder).GetEnumerator();
            first.MoveNext();
            return true;
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    static TreeEntry EntryOf(string root, ref FileSystemEntry entry)
    {
        var path = entry.ToSpecifiedFullPath();
        if (entry.IsDirectory) return new(Relative(root, path), true, 0, 0);
        // What a link itself weighs says nothing of the image that it leads to.
        var (size, time) = (entry.Attributes & FileAttributes.ReparsePoint) != 0
            ? Stamp(path) ?? (0, 0)
            : (entry.Length, entry.LastWriteTimeUtc.UtcTicks);
        return new(Relative(root, path), false, size, time);
    }

    static bool IsHidden(ref FileSystemEntry entry) =>
        entry.FileName.StartsWith(".") || (entry.Attributes & (FileAttributes.Hidden | FileAttributes.System)) != 0 || s_system.Contains(entry.FileName.ToString());

    // Also what a Macintosh writes beside each file on other disks.
    static bool IsSystem(ref FileSystemEntry entry) => entry.FileName.StartsWith("._") || s_system.Contains(entry.FileName.ToString());

    static bool LeadsBack(ref FileSystemEntry entry)
    {
        if ((entry.Attributes & FileAttributes.ReparsePoint) == 0) return false;
        string? target;
        try
        {
            target = Directory.ResolveLinkTarget(entry.ToSpecifiedFullPath(), returnFinalTarget: true)?.FullName;
        }
        catch (IOException)
        {
            // It leads to itself, or nowhere.
            return true;
        }
        return target is not null && (entry.Directory.ToString() + Path.DirectorySeparatorChar).StartsWith(Path.TrimEndingDirectorySeparator(target) + Path.DirectorySeparatorChar, StringComparison.Ordinal);
    }
}

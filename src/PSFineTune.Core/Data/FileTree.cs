using System.IO.Enumeration;

namespace PSFineTune.Data;

/// <summary>A file or folder below a root.</summary>
/// <param name="Path">Relative to the root, parts joined by '/'.</param>
/// <param name="IsFolder">False for a file.</param>
/// <param name="Size">Bytes of a file.</param>
/// <param name="Time">Last change of a file, UTC ticks.</param>
readonly record struct TreeEntry(string Path, bool IsFolder, long Size, long Time);

/// <summary>Everything below a folder but what an operating system or a tool keeps there for itself.</summary>
static class FileTree
{
    static readonly HashSet<string> s_system = new(StringComparer.OrdinalIgnoreCase)
    {
        "__MACOSX", "Thumbs.db", "desktop.ini", ".ipynb_checkpoints", "@eaDir", "$RECYCLE.BIN", "System Volume Information", "lost+found",
    };

    // A link may lead in circles that no path betrays; no folder of images is this deep.
    static readonly EnumerationOptions s_options = new() { RecurseSubdirectories = true, AttributesToSkip = 0, IgnoreInaccessible = false, MaxRecursionDepth = 40 };

    /// <exception cref="FineTuneException">CannotRead: a folder below the root may not be listed.</exception>
    public static List<TreeEntry> List(string root, CancellationToken cancel)
    {
        var entries = new FileSystemEnumerable<TreeEntry>(root, (ref FileSystemEntry entry) => EntryOf(root, ref entry), s_options)
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => !IsHidden(ref entry),
            ShouldRecursePredicate = (ref FileSystemEntry entry) => !IsHidden(ref entry) && !LeadsBack(ref entry),
        };
        var all = new List<TreeEntry>();
        try
        {
            foreach (var entry in entries)
            {
                cancel.ThrowIfCancellationRequested();
                all.Add(entry);
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

    /// <summary>Size and time of the file a path leads to; null where there is none.</summary>
    public static (long Size, long Time)? Stamp(string path)
    {
        var file = new FileInfo(path);
        if (file.LinkTarget is not null && file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo target) file = target;
        return file.Exists ? (file.Length, file.LastWriteTimeUtc.Ticks) : null;
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

    static bool LeadsBack(ref FileSystemEntry entry)
    {
        if ((entry.Attributes & FileAttributes.ReparsePoint) == 0) return false;
        var target = Directory.ResolveLinkTarget(entry.ToSpecifiedFullPath(), returnFinalTarget: true)?.FullName;
        return target is not null && (entry.Directory.ToString() + Path.DirectorySeparatorChar).StartsWith(Path.TrimEndingDirectorySeparator(target) + Path.DirectorySeparatorChar, StringComparison.Ordinal);
    }
}

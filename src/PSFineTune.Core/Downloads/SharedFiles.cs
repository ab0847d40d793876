using System.Text;
using Microsoft.Win32.SafeHandles;
using PSFineTune.Locking;

namespace PSFineTune.Downloads;

/// <summary>
/// Files and folders that several accounts use, whatever the mask of the one that makes them. On Windows the folder's own
/// rights are inherited. Modes are set on what is open, never by a path, for whoever may write in the folder may have put a
/// link there.
/// </summary>
static class SharedFiles
{
    const UnixFileMode File = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    const UnixFileMode Folder = File | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Readable for all, and writable for the group where the folder that it is in is so.</summary>
    /// <param name="path">A file or folder that is there.</param>
    /// <exception cref="FineTuneException">LinkInPlace.</exception>
    public static void Open(string path)
    {
        if (OperatingSystem.IsWindows()) return;
        try
        {
            using var handle = PlainFile.Handle(path);
            Open(handle, path, Directory.Exists(path) ? Folder : File);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            // It is another account's, which has done so.
        }
    }

    /// <summary>The same for a file that is open.</summary>
    public static void Open(FileStream file)
    {
        try
        {
            Open(file.SafeFileHandle, file.Name, File);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            // It is another account's, which has done so.
        }
    }

    /// <summary>A folder, and those above it that are not there yet.</summary>
    /// <exception cref="FineTuneException">CannotWrite.</exception>
    public static void MakeFolder(string path)
    {
        if (Directory.Exists(path)) return;
        if (Path.GetDirectoryName(path) is { } above) MakeFolder(above);
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw Fault.CannotWrite(path, wrong);
        }
        Open(path);
    }

    /// <summary>A text, whole or not at all.</summary>
    /// <exception cref="FineTuneException">CannotWrite.</exception>
    public static void WriteText(string path, string text, bool isShared) => DurableFile.Write(path, stream =>
    {
        if (isShared && stream is FileStream file) Open(file);
        stream.Write(Encoding.UTF8.GetBytes(text));
    });

    /// <summary>A lock that other accounts can hold after this one: whoever makes it opens it to them.</summary>
    /// <param name="path">The lock file.</param>
    /// <param name="purpose">What is done under it.</param>
    /// <param name="isShared">Several accounts use the folder.</param>
    /// <param name="wait">How long it may be held by others; infinite for ever.</param>
    /// <param name="waiting">Called once where others hold it.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <exception cref="FineTuneException">LinkInPlace, Locked, NoLocks, CannotWrite.</exception>
    public static FineTuneLock Hold(string path, string purpose, bool isShared, TimeSpan wait, Action? waiting, CancellationToken cancel)
    {
        if (isShared) Make(path);
        PlainFile.RefuseLink(path);
        var held = FineTuneLock.Acquire(path, purpose, LockPolicy.Skip, TimeSpan.Zero, cancel);
        if (held is null)
        {
            waiting?.Invoke();
            held = FineTuneLock.Acquire(path, purpose, LockPolicy.Wait, wait, cancel)!;
        }
        try
        {
            PlainFile.RefuseLink(path);
            return held;
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    static void Make(string path)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite, 1);
            Open(file);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            // It is there already, or cannot be made, which holding it tells.
        }
    }

    static void Open(SafeFileHandle handle, string path, UnixFileMode mode)
    {
        if (OperatingSystem.IsWindows()) return;
        var above = System.IO.File.GetUnixFileMode(Path.GetDirectoryName(path)!) & UnixFileMode.GroupWrite;
        var own = System.IO.File.GetUnixFileMode(handle) & UnixFileMode.SetGroup;
        System.IO.File.SetUnixFileMode(handle, mode | own | above);
    }
}

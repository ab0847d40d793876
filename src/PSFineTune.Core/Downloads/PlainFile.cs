using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace PSFineTune.Downloads;

/// <summary>
/// Opens what is at a path itself, and not what a link there leads to: in a folder that others write into a link may have
/// been planted, also between a look at it and the opening. .NET knows no such opening, so the system is asked (open(2),
/// O_NOFOLLOW); on Windows, where making links is a right of its own, it is a look before and after.
/// </summary>
static partial class PlainFile
{
    const int ReadOnly = 0, ReadWrite = 2, NoAccess = 13, NotPermitted = 1;

    // Of open: not through a link, not into programs that are started, and not waiting for somebody at the other end of a pipe.
    static readonly int s_careful = OperatingSystem.IsMacOS() ? 0x100 | 0x1000000 | 0x4
        : (RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm ? 0x8000 : 0x20000) | 0x80000 | 0x800;

    /// <exception cref="FineTuneException">LinkInPlace.</exception>
    public static void RefuseLink(string path)
    {
        if (new FileInfo(path).LinkTarget is { } target) throw Fault.LinkInPlace(path, target);
    }

    /// <summary>A file that is there.</summary>
    /// <exception cref="FineTuneException">LinkInPlace.</exception>
    /// <exception cref="IOException">It is not there, is no file, or cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">This account may not.</exception>
    public static FileStream Open(string path, FileAccess access)
    {
        RefuseLink(path);
        var file = OperatingSystem.IsLinux() || OperatingSystem.IsMacOS() ? new FileStream(Handle(path, access == FileAccess.Read ? ReadOnly : ReadWrite), access, 1)
            : new FileStream(path, FileMode.Open, access, access == FileAccess.Read ? FileShare.ReadWrite | FileShare.Delete : FileShare.None, 1);
        try
        {
            RefuseLink(path);
            return file.CanSeek ? file : throw new IOException($"'{path}' is no file.");
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>A file or folder that is there, to ask and set its mode by; not for Windows.</summary>
    /// <exception cref="FineTuneException">LinkInPlace.</exception>
    /// <exception cref="IOException">It is not there or cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">This account may not.</exception>
    public static SafeFileHandle Handle(string path) => Handle(path, ReadOnly);

    static SafeFileHandle Handle(string path, int access)
    {
        var handle = Open(path, access | s_careful);
        if (!handle.IsInvalid) return handle;
        var error = Marshal.GetLastPInvokeError();
        handle.Dispose();
        RefuseLink(path);
        var why = $"{Marshal.GetPInvokeErrorMessage(error)} : '{path}'";
        throw error is NoAccess or NotPermitted ? new UnauthorizedAccessException(why) : new IOException(why);
    }

    // Without a mode, which is read only where a file is made: its place among the arguments differs by platform.
    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8), DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial SafeFileHandle Open(string path, int flags);
}

namespace PSFineTune.Downloads;

/// <summary>Files and folders that several accounts use, whatever the mask of the one that makes them. On Windows the folder's own rights are inherited.</summary>
static class SharedFiles
{
    const UnixFileMode File = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    const UnixFileMode Folder = File | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Readable for all, and writable for the group where the folder that it is in is so.</summary>
    public static void Open(string path)
    {
        if (OperatingSystem.IsWindows()) return;
        try
        {
            var above = System.IO.File.GetUnixFileMode(Path.GetDirectoryName(path)!) & UnixFileMode.GroupWrite;
            var own = System.IO.File.GetUnixFileMode(path) & UnixFileMode.SetGroup;
            System.IO.File.SetUnixFileMode(path, (Directory.Exists(path) ? Folder | own : File) | above);
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
}

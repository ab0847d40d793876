namespace PSFineTune.Downloads;

/// <summary>Brings a file of a folder, whole.</summary>
sealed class FileCopy(string source, IPart part, FileFacts expected)
{
    /// <exception cref="FineTuneException">DownloadNotFound, CannotRead, WrongSize, NoRoom, CannotWrite.</exception>
    public void Run(DownloadPace? pace, CancellationToken cancel)
    {
        try
        {
            using var file = new FileStream(source, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
            if (expected.Bytes is { } wanted && wanted != file.Length) throw Fault.WrongSize(source, wanted, file.Length);
            part.Restart(new() { Address = source, Total = file.Length });
            DiskRoom.Require(part.Folder, file.Length);
            var buffer = new byte[1 << 20];
            while (file.Read(buffer) is > 0 and var count)
            {
                cancel.ThrowIfCancellationRequested();
                part.Append(buffer.AsSpan(0, count));
                pace?.At(part.Length, file.Length);
            }
        }
        catch (Exception wrong) when (wrong is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Fault.DownloadNotFound(source, "no such file");
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw Fault.CannotRead(source, wrong);
        }
    }
}

/// <summary>Room on the disk of a folder.</summary>
static class DiskRoom
{
    // The file system itself needs some.
    const long Spare = 1 << 20;

    /// <exception cref="FineTuneException">NoRoom. Nothing where the system does not tell.</exception>
    public static void Require(string? folder, long bytes)
    {
        if (folder is not null && Free(folder) is { } free && free < bytes + Spare) throw Fault.NoRoom(folder, bytes, free);
    }

    static long? Free(string folder)
    {
        try
        {
            return new DriveInfo(folder).AvailableFreeSpace;
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}

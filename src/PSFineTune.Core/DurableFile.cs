namespace PSFineTune;

/// <summary>Files that are whole or not there: written beside, flushed to the disk, renamed.</summary>
static class DurableFile
{
    /// <exception cref="FineTuneException">CannotWrite: no space, no permission, no such folder. The old file is as it was.</exception>
    public static void Write(string path, Action<Stream> content)
    {
        var full = Path.GetFullPath(path);
        var beside = $"{full}.{Environment.ProcessId:x}{Environment.CurrentManagedThreadId:x}.tmp";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            // What lies there was left by a process of the same id, or is a link that somebody has planted: neither is written to.
            File.Delete(beside);
            using (var stream = new FileStream(beside, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None))
            {
                content(stream);
                stream.Flush(flushToDisk: true);
            }
            File.Move(beside, full, overwrite: true);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw Fault.CannotWrite(full, wrong);
        }
        finally
        {
            if (File.Exists(beside)) File.Delete(beside);
        }
    }

    public static void WriteText(string path, string text) =>
        Write(path, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(text)));
}

namespace PSFineTune;

/// <summary>Files and folders that nobody needs any more.</summary>
static class Leftovers
{
    /// <summary>Takes one away where that can be done: a reader or a virus scanner that has it open is no reason to fail, for it takes space and does nothing else.</summary>
    public static void TryRemove(string path)
    {
        try
        {
            if (Directory.Exists(path)) Directory.Delete(path, recursive: true);
            else File.Delete(path);
        }
        catch (Exception held) when (held is IOException or UnauthorizedAccessException)
        {
        }
    }
}

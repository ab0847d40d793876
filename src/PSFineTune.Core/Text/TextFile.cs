using System.Text;

namespace PSFineTune.Text;

/// <summary>Text files that are UTF-8 by definition, such as dictionaries.</summary>
static class TextFile
{
    /// <summary>The lines of a file, read as they are asked for; a mark at its beginning is left out.</summary>
    /// <exception cref="FineTuneException">CannotRead.</exception>
    public static IEnumerable<string> Lines(string path)
    {
        using var reader = Guarded(path, () => new StreamReader(path, new UTF8Encoding(false, throwOnInvalidBytes: true)));
        while (Guarded(path, reader.ReadLine) is { } line) yield return line;
    }

    static T Guarded<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or DecoderFallbackException)
        {
            throw Fault.CannotRead(path, wrong);
        }
    }
}

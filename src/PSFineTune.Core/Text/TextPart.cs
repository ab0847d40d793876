using System.Text;
using PSFineTune.Packaging;

namespace PSFineTune.Text;

/// <summary>A text that is UTF-8 by definition, such as a dictionary: a file, or a part of a model.</summary>
/// <param name="Name">As messages call it: a path, or the part's name.</param>
/// <param name="Source">Its bytes.</param>
readonly record struct TextPart(string Name, PartSource Source)
{
    static readonly UTF8Encoding s_strict = new(false, throwOnInvalidBytes: true);

    /// <exception cref="FineTuneException">CannotRead.</exception>
    public static TextPart OfFile(string path) => new(path, PartSource.OfFile(path));

    /// <summary>The lines of a list, each once; empty ones are left out.</summary>
    /// <exception cref="FineTuneException">CannotRead.</exception>
    public static IEnumerable<string> List(string path) => OfFile(path).Text().Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.Length > 0).Distinct(StringComparer.Ordinal);

    /// <summary>All of it; a mark at its beginning is left out.</summary>
    /// <exception cref="FineTuneException">CannotRead.</exception>
    public string Text()
    {
        try
        {
            var text = s_strict.GetString(Source.Bytes());
            return text.StartsWith('\uFEFF') ? text[1..] : text;
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or DecoderFallbackException)
        {
            throw Fault.CannotRead(Name, wrong);
        }
    }
}

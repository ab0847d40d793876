using System.Globalization;

namespace PSFineTune.Pictures;

/// <summary>Text made to fit a width, whatever measures it: a font, or the places of a terminal.</summary>
static class TextFit
{
    const string Ellipsis = "…";

    /// <summary>The text, or as much of it with an ellipsis as fits; whole characters only, as a reader counts them.</summary>
    public static string Line(string text, Func<string, float> width, float most)
    {
        text = OneLine(text);
        if (width(text) <= most) return text;
        var ends = StringInfo.ParseCombiningCharacters(text);
        for (var kept = ends.Length - 1; kept > 0; kept--)
            if (text[..ends[kept]].TrimEnd() + Ellipsis is var shorter && width(shorter) <= most) return shorter;
        return Ellipsis;
    }

    /// <summary>
    /// The text in lines broken after commas, and between words where a part is too wide; the last takes what is left, with an
    /// ellipsis where that is too much. A line break stays one where there is room: what follows it has one line, and what comes before,
    /// broken between words alone, all the others.
    /// </summary>
    public static IReadOnlyList<string> Lines(string text, Func<string, float> width, float most, int count)
    {
        var end = text.Contains('\n') ? text.TrimEnd().LastIndexOf('\n') : -1;
        if (end > 0 && count > 1) return [.. Lines(OneLine(text[..end]).Split(' '), width, most, count - 1), Line(text[end..], width, most)];
        var parts = OneLine(text).Split(", ");
        var words = parts.Select((part, index) => index < parts.Length - 1 ? part + "," : part).SelectMany(part => width(part) <= most ? [part] : part.Split(' ')).ToArray();
        return Lines(words, width, most, count);
    }

    static IReadOnlyList<string> Lines(string[] words, Func<string, float> width, float most, int count)
    {
        var (lines, line) = (new List<string>(), 0);
        while (line < words.Length && lines.Count < count - 1)
        {
            var taken = 1;
            while (line + taken < words.Length && width(string.Join(' ', words, line, taken + 1)) <= most) taken++;
            lines.Add(Line(string.Join(' ', words, line, taken), width, most));
            line += taken;
        }
        if (line < words.Length && count > 0) lines.Add(Line(string.Join(' ', words[line..]), width, most));
        return lines;
    }

    static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}

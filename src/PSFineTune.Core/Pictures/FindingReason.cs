using PSFineTune.Audit;

namespace PSFineTune.Pictures;

/// <summary>Why something was found, for who has it before the eyes: the message without the names and texts that are seen or told elsewhere.</summary>
static class FindingReason
{
    const string Other = "the other";

    // What a sentence begins with and a caption can do without.
    static readonly string[] s_openings = ["It is ", "It ", "which is ", "is "];

    /// <param name="finding">Its message names files by their full paths or by the ends of those, and texts by their beginnings, all in quotes.</param>
    /// <param name="text">The text that it is about; null for none or where it is not known.</param>
    /// <param name="related">The text that this is compared with.</param>
    public static string Of(AuditFinding finding, string? text = null, string? related = null)
    {
        var reason = finding.Message;
        reason = Replaced(reason, [$"'{finding.Path}', line {finding.Line}:", .. Quoted(text), .. Quotes(finding.Path)], "", $"'{Path.GetFileName(finding.Path)}'").TrimStart(' ', ',');
        if (finding.RelatedPath is { } other) reason = Replaced(reason, [.. Quoted(related), .. Quotes(other)], Other, Other);
        if (Array.Find(s_openings, opening => reason.StartsWith(opening, StringComparison.Ordinal)) is { } known) reason = reason[known.Length..];
        return reason.TrimEnd('.');
    }

    // The first of these that is there, by one word where the sentence begins with it and by another elsewhere.
    static string Replaced(string sentence, IEnumerable<string> quotes, string first, string within)
    {
        if (quotes.FirstOrDefault(quote => sentence.Contains(quote, StringComparison.Ordinal)) is not { } found) return sentence;
        var at = sentence.IndexOf(found, StringComparison.Ordinal);
        return string.Concat(sentence.AsSpan(0, at), at == 0 ? first : within, sentence.AsSpan(at + found.Length));
    }

    static IEnumerable<string> Quoted(string? text) => text is null ? [] : [TextSurvey.Quoted(text)];

    // Full, then ever shorter; relative names have slashes on every system.
    static IEnumerable<string> Quotes(string path)
    {
        var parts = path.Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar);
        return Enumerable.Range(0, parts.Length).SelectMany(part => new[] { '/', Path.DirectorySeparatorChar }.Distinct().Select(separator => $"'{string.Join(separator, parts[part..])}'"));
    }
}

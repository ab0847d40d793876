namespace PSFineTune.Data.Texts;

/// <summary>The beginning of a file, from which its format is told.</summary>
/// <param name="Extension">With the dot, lower case.</param>
/// <param name="Lines">The first that are not blank, 50 at most.</param>
/// <param name="Known">Names of columns that were given, besides the usual ones.</param>
sealed record TextGlance(string Extension, IReadOnlyList<string> Lines, IReadOnlyList<string> Known)
{
    const int Most = 50;

    /// <exception cref="FineTuneException">CannotRead or TextTooLong.</exception>
    public static TextGlance At(TextSource source, IReadOnlyList<string> known) => source.Guarded(() =>
    {
        using var reader = source.OpenText();
        string[] lines = [.. LineReader.ReadFilled(reader, source.Path).Select(line => line.Text).Take(Most)];
        return new TextGlance(Path.GetExtension(source.Path).ToLowerInvariant(), lines, known);
    });

    public string First => Lines.Count > 0 ? Lines[0] : "";

    /// <summary>Whether the first line names columns, one of them by a name that was given or is usual.</summary>
    public bool NamesColumns(char delimiter) =>
        First.Contains(delimiter) && First.Split(delimiter).Select(cell => cell.Trim().Trim('"')).Any(name => Known.Contains(name, StringComparer.OrdinalIgnoreCase) || ColumnNames.IsUsual(name));

    /// <summary>Whether what stands before the first of a character looks like a class and what follows like a text; null where a line has none.</summary>
    public bool? LabelIsFirst(char delimiter)
    {
        if (Lines.Count == 0 || Lines.Any(line => !line.Trim().Contains(delimiter))) return null;
        string[] heads = [.. Lines.Select(line => line.TrimStart()[..line.TrimStart().IndexOf(delimiter)])];
        string[] tails = [.. Lines.Select(line => line.TrimEnd()[(line.TrimEnd().LastIndexOf(delimiter) + 1)..])];
        var (first, last) = (heads.Distinct().Count(), tails.Distinct().Count());
        return first < last || (first == last && heads.Sum(head => head.Length) <= tails.Sum(tail => tail.Length));
    }
}

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

    /// <summary>Whether of two cells parted by tabs the first looks like a class and the last like a text; null where a line has no tab.</summary>
    public bool? LabelIsFirst()
    {
        if (Lines.Count == 0 || Lines.Any(line => !line.Contains('\t'))) return null;
        string[] heads = [.. Lines.Select(line => line[..line.IndexOf('\t')])];
        string[] tails = [.. Lines.Select(line => line[(line.LastIndexOf('\t') + 1)..])];
        var (first, last) = (heads.Distinct().Count(), tails.Distinct().Count());
        return first < last || (first == last && heads.Sum(head => head.Length) <= tails.Sum(tail => tail.Length));
    }

    /// <summary>Whether first words of lines come again and again, as labels do and those of texts hardly.</summary>
    public bool FirstWordsRepeat()
    {
        string[] lines = [.. Lines.Select(line => line.Trim())];
        return lines.Length > 0 && lines.All(line => line.Contains(' ')) && lines.Select(line => line.Split(' ')[0]).Distinct().Count() * 2 <= lines.Length + 2;
    }
}

using PSFineTune.Audit;
using PSFineTune.Data.Texts.Formats;

namespace PSFineTune.Data.Texts;

/// <summary>Where a text is, and what is said of it.</summary>
/// <param name="Path">Full path.</param>
/// <param name="Line">From 1.</param>
/// <param name="Message">May begin with the beginning of the text in quotes.</param>
readonly record struct TextClue(string Path, int Line, string Message)
{
    public bool Names(string text) => Message.StartsWith(TextSurvey.Quoted(text), StringComparison.Ordinal);

    // Messages that begin with a file are of rows that cannot be used.
    public bool NamesSome => Message.StartsWith('\'') && !Message.StartsWith($"'{Path}'", StringComparison.Ordinal);
}

/// <summary>Reads texts back from the lines where they were found, by whoever knows no more of how their file was read: as an import that is given nothing but the path, unless what is said of a text tells of another column.</summary>
static class TextPlaces
{
    /// <summary>A way to read a file: a format and a column of it; lines as they stand where there is no format.</summary>
    readonly record struct Way(TextFormat? Format, string Column);

    /// <summary>Texts by their lines, trimmed; a row that cannot be used is its first line. What is not there is left out.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="clues">Of this file.</param>
    /// <param name="column">That is tried first, and that was read; null for none.</param>
    /// <param name="cancel">Checked for every row.</param>
    /// <exception cref="FineTuneException">The file cannot be read, or is no text.</exception>
    public static Dictionary<int, string> Read(string path, IReadOnlyList<TextClue> clues, ref string? column, CancellationToken cancel)
    {
        var source = new TextSource(path);
        source.Survey(null);
        var ways = Ways(source, clues, column);
        var way = ways[0];
        if (clues.FirstOrDefault(clue => clue.NamesSome) is { Message: not null } clue)
            way = ways.FirstOrDefault(each => Texts(source, each, new HashSet<int> { clue.Line }, cancel).TryGetValue(clue.Line, out var text) && clue.Names(text), way);
        column = way.Column;
        return Texts(source, way, clues.Select(one => one.Line).ToHashSet(), cancel);
    }

    // The likeliest first.
    static List<Way> Ways(TextSource source, IReadOnlyList<TextClue> clues, string? column)
    {
        var glance = TextGlance.At(source, column is null ? [] : [column]);
        var ways = new List<Way>();
        if (TextFormat.Suggested(glance) is { } format)
        {
            var columns = source.Guarded(() => format.ColumnsOf(source)).Where(name => name.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
            var usual = columns.Find(name => name.Equals(column, StringComparison.OrdinalIgnoreCase)) ?? ColumnNames.Text(columns);
            ways.AddRange(columns.OrderByDescending(name => name == usual).Select(name => new Way(format, name)));
        }
        // A file of a class folder is one text, whatever it looks like inside; of many rows hardly the first alone is told of.
        if (glance.Extension == ".txt" && clues.All(clue => clue.Line == 1))
            ways.Insert(SplitName.Of(Path.GetFileNameWithoutExtension(source.Path)) is null && glance.LabelIsFirst() is null ? 0 : ways.Count, new(new Folder(), "text"));
        if (ways.Count == 0) ways.Add(new(null, ""));
        return ways;
    }

    static Dictionary<int, string> Texts(TextSource source, Way way, IReadOnlySet<int> lines, CancellationToken cancel)
    {
        var (texts, unread, last) = (new Dictionary<int, string>(), lines.ToHashSet(), lines.Max());
        if (way.Format is not null)
            foreach (var row in Guarded(source, way.Format.RowsOf(source, [way.Column])))
            {
                cancel.ThrowIfCancellationRequested();
                if (row.Line > last) break;
                if (row.Wrong is null && row.Cells[0].Trim() is { Length: > 0 } text && unread.Remove(row.Line)) texts[row.Line] = text.Contains('\r') ? text.ReplaceLineEndings("\n") : text;
            }
        if (unread.Count == 0) return texts;
        using var reader = source.OpenText();
        foreach (var (line, text) in Guarded(source, LineReader.ReadFilled(reader, source.Path)))
        {
            cancel.ThrowIfCancellationRequested();
            if (line > last) break;
            if (unread.Contains(line)) texts[line] = text.Trim();
        }
        return texts;
    }

    static IEnumerable<T> Guarded<T>(TextSource source, IEnumerable<T> rows)
    {
        using var all = rows.GetEnumerator();
        while (source.Guarded(all.MoveNext)) yield return all.Current;
    }
}

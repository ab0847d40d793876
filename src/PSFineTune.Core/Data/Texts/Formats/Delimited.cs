namespace PSFineTune.Data.Texts.Formats;

/// <summary>Rows of delimited cells below a line of their names.</summary>
public abstract record Delimited : TextFormat
{
    /// <summary>Names of the columns, parted by commas, where the first line is a row already; null where it names them.</summary>
    public string? Header { get; init; }

    private protected abstract string DelimiterFor(string line);

    private protected abstract bool IsQuoted(string line);

    internal override IReadOnlyList<string> ColumnsOf(TextSource source) => Header is not null ? Named() : [.. Records(source).Take(1).SelectMany(record => record.Cells.Record ?? [])];

    internal override IEnumerable<TextRow> RowsOf(TextSource source, IReadOnlyList<string> columns)
    {
        var all = ColumnsOf(source);
        int[] places = [.. columns.Select(name => all.ToList().FindIndex(column => column.Equals(name, StringComparison.OrdinalIgnoreCase)))];
        foreach (var record in Records(source).Skip(Header is null ? 1 : 0))
        {
            var wrong = record.Wrong ?? (record.Cells.Count == all.Count ? null : $"it has {record.Cells.Count} cells, and there are {all.Count} columns");
            if (wrong is not null && record.LastLine > record.Line) wrong += $"; it reaches to line {record.LastLine}, so a quote may not be closed";
            yield return wrong is null ? new(record.Line, Array.ConvertAll(places, place => record.Cells[place])) : TextRow.Bad(record.Line, wrong);
        }
    }

    string[] Named() => Header!.Split(',', StringSplitOptions.TrimEntries);

    IEnumerable<DelimitedRecord> Records(TextSource source)
    {
        var first = FirstLine(source);
        using var reader = source.OpenText();
        foreach (var record in DelimitedText.Records(reader, DelimiterFor(first), IsQuoted(first), source.Path)) yield return record;
    }

    static string FirstLine(TextSource source)
    {
        using var reader = source.OpenText();
        return LineReader.ReadFilled(reader, source.Path).Select(line => line.Text).FirstOrDefault() ?? "";
    }
}

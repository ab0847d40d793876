using System.Collections.Specialized;
using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace PSFineTune.Packaging;

/// <summary>What a user wants back with each predicted label: a csv of a label column and any others, such as a price, a link or a queue.</summary>
sealed class LabelData
{
    const string LabelColumn = "label";

    readonly IReadOnlyList<string> _classes;
    readonly Dictionary<string, string[]> _rows;

    LabelData(IReadOnlyList<string> columns, IReadOnlyList<string> classes, Dictionary<string, string[]> rows) =>
        (Columns, _classes, _rows) = (columns, classes, rows);

    /// <summary>In the file's order, without the label column.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The row of a class, by column; names are the same in upper and lower case. A copy of its own.</summary>
    public OrderedDictionary Of(string label)
    {
        var values = new OrderedDictionary(StringComparer.OrdinalIgnoreCase);
        foreach (var (column, value) in Columns.Zip(_rows[label])) values.Add(column, value);
        return values;
    }

    /// <exception cref="FineTuneException">BadLabelData, UnknownLabel (both with the line), LabelsMissing, CannotRead.</exception>
    public static LabelData Read(string path, IReadOnlyList<string> classes)
    {
        try
        {
            using var reader = new StreamReader(path, new UTF8Encoding(false, throwOnInvalidBytes: true));
            return Parse(reader.ReadToEnd(), path, classes);
        }
        catch (DecoderFallbackException)
        {
            throw Fault.BadLabelData(path, 1, "the file is not UTF-8 text");
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw Fault.CannotRead(path, wrong);
        }
    }

    /// <param name="csv">The text; a comma separates, or a semicolon or tab where the first line has no comma.</param>
    /// <param name="name">What to call it in a fault.</param>
    /// <param name="classes">Every one must have a row.</param>
    public static LabelData Parse(string csv, string name, IReadOnlyList<string> classes)
    {
        var lines = Lines(csv, name).ToList();
        var header = lines.Count > 0 ? lines[0] : throw Fault.BadLabelData(name, 1, "the file is empty");
        var columns = header.Cells.Select(cell => cell.Trim()).ToArray();
        var at = Array.FindIndex(columns, column => column.Equals(LabelColumn, StringComparison.OrdinalIgnoreCase));
        if (at < 0) throw Fault.BadLabelData(name, header.Line, $"there is no column '{LabelColumn}', only {string.Join(", ", columns.Select(column => $"'{column}'"))}");
        if (columns.Contains("")) throw Fault.BadLabelData(name, header.Line, "a column has no name");
        if (PartManifest.Repeated(columns) is { } twice) throw Fault.BadLabelData(name, header.Line, $"there are two columns '{twice}'");

        var rows = new Dictionary<string, string[]>(StringComparer.Ordinal);
        var known = classes.ToHashSet(StringComparer.Ordinal);
        foreach (var (line, cells) in lines.Skip(1))
        {
            if (cells.Length != columns.Length) throw Fault.BadLabelData(name, line, $"{cells.Length} cells under {columns.Length} columns");
            if (!known.Contains(cells[at])) throw Fault.UnknownLabel(name, line, cells[at], classes);
            if (!rows.TryAdd(cells[at], [.. cells.Where((_, column) => column != at)])) throw Fault.BadLabelData(name, line, $"the label '{cells[at]}' has a row already");
        }
        var missing = classes.Where(label => !rows.ContainsKey(label)).ToList();
        return missing.Count == 0 ? new([.. columns.Where((_, column) => column != at)], classes, rows) : throw Fault.LabelsMissing(name, missing);
    }

    /// <summary>The label first, rows in the order of the classes, commas, lines end in \n.</summary>
    public string ToCsv()
    {
        var text = new StringWriter(CultureInfo.InvariantCulture);
        using var csv = new CsvWriter(text, new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\n" });
        foreach (var row in _classes.Select(label => (string[])[label, .. _rows[label]]).Prepend([LabelColumn, .. Columns]))
        {
            foreach (var cell in row) csv.WriteField(cell);
            csv.NextRecord();
        }
        csv.Flush();
        return text.ToString();
    }

    static IEnumerable<(int Line, string[] Cells)> Lines(string csv, string name)
    {
        var first = csv.AsSpan(0, csv.IndexOfAny(['\r', '\n']) is var end and >= 0 ? end : csv.Length);
        var delimiter = first.Contains(',') ? "," : first.Contains(';') ? ";" : first.Contains('\t') ? "\t" : ",";
        string? bad = null;
        using var parser = new CsvParser(new StringReader(csv.TrimStart('\uFEFF')),
            new CsvConfiguration(CultureInfo.InvariantCulture) { Delimiter = delimiter, BadDataFound = wrong => bad = wrong.Field });
        while (parser.Read())
        {
            // The parser counts to a record's last line; a cell may hold line breaks.
            var line = parser.RawRow - parser.RawRecord.AsSpan().TrimEnd("\r\n").Count('\n');
            var cells = parser.Record!;
            if (bad is not null) throw Fault.BadLabelData(name, line, $"the quotes of the cell '{bad}' do not match");
            yield return (line, cells);
        }
    }
}

using System.Collections.Specialized;
using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using PSFineTune.Data;

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
    public static LabelData Read(string path, IReadOnlyList<string> classes) =>
        From([.. CsvFile.Read(path, (line, what) => Fault.BadLabelData(path, line, what))], path, classes);

    /// <param name="csv">The text, as <see cref="CsvFile"/> reads it.</param>
    /// <param name="name">What to call it in a fault.</param>
    /// <param name="classes">Every one must have a row.</param>
    public static LabelData Parse(string csv, string name, IReadOnlyList<string> classes) =>
        From([.. CsvFile.Parse(csv, (line, what) => Fault.BadLabelData(name, line, what))], name, classes);

    static LabelData From(IReadOnlyList<(int Line, string[] Cells)> lines, string name, IReadOnlyList<string> classes)
    {
        var header = lines.Count > 0 ? lines[0] : throw Fault.BadLabelData(name, 1, "the file is empty");
        var columns = header.Cells;
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
}

namespace PSFineTune.Data.Texts;

/// <summary>Which columns of a file are what; names as the file spells them.</summary>
/// <param name="Text">What a model reads.</param>
/// <param name="Label">The class.</param>
/// <param name="Split">What a row is for; null where nothing tells.</param>
/// <param name="Group">Rows of one value share a split; null for none.</param>
/// <param name="More">Metadata.</param>
sealed record TextColumnChoice(string Text, string Label, string? Split, string? Group, IReadOnlyList<string> More)
{
    /// <summary>How many of the names each row must have a cell for: text and label.</summary>
    public const int Needed = 2;

    const string SplitName = "split";

    /// <summary>All of them, in the order in which rows hold their cells.</summary>
    public IReadOnlyList<string> Names { get; } = [Text, Label, .. new[] { Split, Group }.OfType<string>(), .. More];

    /// <summary>The columns that were asked for, or else those of usual names.</summary>
    /// <exception cref="FineTuneException">UnknownColumn, DuplicateColumn or ColumnNotClear.</exception>
    public static TextColumnChoice Of(TextDatasetReference settings, IReadOnlyList<string> columns, string path)
    {
        var twice = columns.Where(name => name.Length > 0).GroupBy(name => name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(same => same.Count() > 1);
        if (twice is not null) throw Fault.DuplicateColumn(path, twice.Key, columns);
        var text = Given(settings.TextColumn) ?? ColumnNames.Text([.. columns.Where(name => !Is(name, settings.LabelColumn))]) ?? throw Fault.ColumnNotClear(path, "text", nameof(settings.TextColumn), columns);
        var label = Given(settings.LabelColumn) ?? ColumnNames.Label(columns, text) ?? throw Fault.ColumnNotClear(path, "label", nameof(settings.LabelColumn), columns);
        if (text == label) throw Fault.OneColumnTwice(path, text);
        return new(text, label, Given(settings.SplitColumn) ?? columns.FirstOrDefault(name => Is(name, SplitName) && name != text && name != label),
            Given(settings.GroupColumn), [.. settings.MetadataColumns.Select(name => Given(name)!)]);

        string? Given(string? name) => string.IsNullOrEmpty(name) ? null : columns.FirstOrDefault(column => Is(column, name)) ?? throw Fault.UnknownColumn(path, name, columns);
    }

    static bool Is(string name, string? given) => name.Equals(given, StringComparison.OrdinalIgnoreCase);
}

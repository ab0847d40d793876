namespace PSFineTune.Data.Texts.Formats;

/// <summary>A line for each text: its label, a blank or a tab, the text.</summary>
public sealed record LabelFirst : TextFormat
{
    /// <summary>What parts label and text: a blank, a tab; empty for a tab where the first lines have one, else a blank.</summary>
    public string Separator { get; init; } = "";

    internal override int Fit(TextGlance glance) => glance.LabelIsFirst() is { } first ? first ? ByShape : 0 : glance.FirstWordsRepeat() ? ByWords : 0;

    internal override TextFormat Found(TextGlance glance) =>
        Separator.Length > 0 ? this : this with { Separator = glance.Lines.Count > 0 && glance.Lines.All(line => line.Contains('\t')) ? "\t" : " " };

    internal override IReadOnlyList<string> ColumnsOf(TextSource source) => LabelAndText;

    internal override IEnumerable<TextRow> RowsOf(TextSource source, IReadOnlyList<string> columns)
    {
        using var reader = source.OpenText();
        foreach (var (line, text) in LineReader.ReadFilled(reader, source.Path))
        {
            var at = text.TrimStart().IndexOf(Separator.Length > 0 ? Separator : " ", StringComparison.Ordinal);
            yield return at < 0 ? TextRow.Bad(line, "it has one word alone, and a label and a text are wanted") : Pair(line, text.TrimStart()[..at], text.TrimStart()[at..], columns);
        }
    }
}

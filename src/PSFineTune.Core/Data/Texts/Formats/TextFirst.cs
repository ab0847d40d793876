namespace PSFineTune.Data.Texts.Formats;

/// <summary>A line for each text: the text, a tab, its label, or the index of its class in a file of their names.</summary>
public sealed record TextFirst : TextFormat
{
    internal override string? UsualClassFile => "class.txt";

    internal override int Fit(TextGlance glance) => glance.LabelIsFirst() == false ? ByShape : 0;

    internal override IReadOnlyList<string> ColumnsOf(TextSource source) => LabelAndText;

    internal override IEnumerable<TextRow> RowsOf(TextSource source, IReadOnlyList<string> columns)
    {
        using var reader = source.OpenText();
        foreach (var (line, text) in LineReader.ReadFilled(reader, source.Path))
        {
            var at = text.LastIndexOf('\t');
            yield return at < 0 ? TextRow.Bad(line, "it has no tab, and a text, a tab and a label are wanted") : Pair(line, text[at..], text[..at], columns);
        }
    }
}

using System.Text;

namespace PSFineTune.Data.Texts.Formats;

/// <summary>A folder for each class, with a .txt file for each text.</summary>
public sealed record Folder : TextFormat
{
    // A file of rows is never a folder; TextFiles finds those.
    internal override int Fit(TextGlance glance) => 0;

    internal override IReadOnlyList<string> ColumnsOf(TextSource source) => LabelAndText;

    internal override IEnumerable<TextRow> RowsOf(TextSource source, IReadOnlyList<string> columns)
    {
        using var reader = source.OpenText();
        var (buffer, whole) = (new char[16 << 10], new StringBuilder());
        while (reader.Read(buffer, 0, buffer.Length) is > 0 and var count)
            if (whole.Append(buffer, 0, count).Length > LineReader.Longest) throw Fault.TextTooLong(source.Path, 1, LineReader.Longest);
        yield return Pair(1, source.Label ?? "", whole.ToString(), columns);
    }
}

using PSFineTune.Data.Texts;

namespace PSFineTune.Data;

/// <summary>Labelled texts with their splits.</summary>
public sealed class TextDataset : Dataset
{
    readonly TextColumns _columns;
    readonly TextDatasetReference _reference;

    internal TextDataset(TextDatasetReference reference, TextColumns columns, IReadOnlyList<SkippedText> skipped) => (_reference, _columns, Skipped) = (reference, columns, skipped);

    /// <summary>Full path of the file or folder.</summary>
    public string Root => _reference.Root;

    public override IReadOnlyList<string> Classes => _reference.Classes;

    public override int Count => _columns.Count;

    /// <summary>How the rows lie in the files, as it was given or found.</summary>
    public TextFormat? Format => _reference.Format;

    /// <summary>The encodings of the files, as they were given or found.</summary>
    public string Encoding => string.Join(", ", _reference.Files.Select(file => file.Encoding).DefaultIfEmpty(_reference.Encoding ?? "").Distinct());

    /// <summary>The column of texts.</summary>
    public string? TextColumn => _reference.TextColumn;

    /// <summary>The column of classes.</summary>
    public string? LabelColumn => _reference.LabelColumn;

    /// <summary>Rows and files that are in no split, with the reason.</summary>
    public IReadOnlyList<SkippedText> Skipped { get; }

    public override string Fingerprint => _reference.Fingerprint;

    public override DatasetReference Reference => _reference;

    /// <summary>How the files were read, one sentence.</summary>
    internal string Found { get; init; } = "";

    /// <summary>What was guessed and may be wrong, a sentence each.</summary>
    internal IReadOnlyList<string> Doubts { get; init; } = [];

    /// <summary>Reads and splits the texts that the settings name, row after row.</summary>
    /// <param name="settings">Root and everything about the split; fingerprint and classes are not read but found.</param>
    /// <param name="workspace">Folder whose cache holds the texts as long as the process lives, where they are too many for memory.</param>
    /// <param name="cancel">Checked for every row.</param>
    /// <param name="progress">Called now and then, on the calling thread.</param>
    /// <exception cref="FineTuneException">The data cannot be trained on; the message says where, why and what to do.</exception>
    public static TextDataset Import(TextDatasetReference settings, string workspace, CancellationToken cancel = default, IProgress<ImportProgress>? progress = null) =>
        new TextImport(settings, workspace, progress).Run(cancel);

    /// <summary>Texts that are in memory already, with their splits; no file is behind them, so a plan cannot open them again.</summary>
    internal static TextDataset Of(IReadOnlyList<(string Text, string Label, Split Split)> rows)
    {
        var kept = new TextRows(new(new(Path.GetTempPath())), []);
        for (var row = 0; row < rows.Count; row++) kept.Add(rows[row].Text, rows[row].Label, null, null, [], 0, row + 1);
        string[] classes = [.. kept.Labels.Order(StringComparer.Ordinal)];
        // Hold-out data draw nothing; what was given takes the place of that.
        var columns = kept.ToColumns(classes, [""], new(new TextDatasetReference { TestFraction = 1 }, FileKind.Text.Item));
        for (var row = 0; row < rows.Count; row++) columns.Splits[row] = rows[row].Split;
        return new(new() { Classes = classes, Fingerprint = DataFingerprint.Of(classes, columns) }, columns, []);
    }

    internal override Sample SampleAt(int row) => _columns.Describe(
        new TextSample { Text = TextAt(row), Path = _columns.Files[_columns.FileOf[row]], Line = _columns.Lines[row], Metadata = _columns.MetadataAt(row) }, row, Classes);

    internal override string ItemAt(int row) => TextAt(row);

    /// <summary>Trimmed; read anew each time, on any thread.</summary>
    internal string TextAt(int row) => _columns.TextAt(row);

    internal override int LabelAt(int row) => _columns.Labels[row];

    internal override Split SplitAt(int row) => _columns.Splits[row];

    internal override string? GroupAt(int row) => _columns.Groups?[row];

    internal override ReadOnlySpan<byte> HashAt(int row) => _columns.HashAt(row);

    internal override ulong KeyAt(int row) => RandomStream.SampleKey(HashAt(row));
}

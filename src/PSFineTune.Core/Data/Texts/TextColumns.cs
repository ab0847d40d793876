namespace PSFineTune.Data.Texts;

/// <summary>What is known of every text of a dataset; some 60 bytes a sample besides the texts themselves.</summary>
sealed class TextColumns : SampleColumns
{
    /// <summary>Text after text, each with the cells of its metadata behind it.</summary>
    public required TextStore Texts { get; init; }

    /// <summary>Names of the metadata.</summary>
    public required IReadOnlyList<string> MetadataNames { get; init; }

    /// <summary>Full paths of the files.</summary>
    public required PackedText Files { get; init; }

    /// <summary>Index of the file.</summary>
    public required int[] FileOf { get; init; }

    /// <summary>Where the row begins in its file, from 1.</summary>
    public required int[] Lines { get; init; }

    public string TextAt(int row) => Texts[row * (1 + MetadataNames.Count)];

    public IReadOnlyDictionary<string, string> MetadataAt(int row) => MetadataNames.Select((name, column) => (name, column)).ToDictionary(
        pair => pair.name, pair => Texts[row * (1 + MetadataNames.Count) + 1 + pair.column], StringComparer.OrdinalIgnoreCase);
}

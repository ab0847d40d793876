namespace PSFineTune.Data;

/// <summary>What is known of every image of a dataset; under 300 bytes a sample.</summary>
sealed class ImageColumns : SampleColumns
{
    /// <summary>Relative to the root, parts joined by '/'.</summary>
    public required PackedText Paths { get; init; }

    /// <summary>The manifest's further columns by name, a cell a sample; empty where it has none.</summary>
    public IReadOnlyDictionary<string, string[]> Metadata { get; init; } = new Dictionary<string, string[]>();
}

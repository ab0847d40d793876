using System.Security.Cryptography;

namespace PSFineTune.Data;

/// <summary>What is known of every image of a dataset, one column each; under 300 bytes a sample.</summary>
sealed class ImageColumns
{
    /// <summary>Bytes of a content hash.</summary>
    public const int HashSize = SHA256.HashSizeInBytes;

    /// <summary>Relative to the root, parts joined by '/'.</summary>
    public required PackedText Paths { get; init; }

    /// <summary>SHA-256 of the content, <see cref="HashSize"/> bytes a sample.</summary>
    public required byte[] Hashes { get; init; }

    /// <summary>Index of the class.</summary>
    public required int[] Labels { get; init; }

    public required Split[] Splits { get; init; }

    /// <summary>One string object for all samples of a group; null where no groups were asked for.</summary>
    public required string?[]? Groups { get; init; }

    /// <summary>The manifest's further columns by name, a cell a sample; empty where it has none.</summary>
    public IReadOnlyDictionary<string, string[]> Metadata { get; init; } = new Dictionary<string, string[]>();

    public int Count => Labels.Length;

    public ReadOnlySpan<byte> HashAt(int row) => Hashes.AsSpan(row * HashSize, HashSize);
}

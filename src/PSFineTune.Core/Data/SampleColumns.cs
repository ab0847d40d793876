using System.Security.Cryptography;

namespace PSFineTune.Data;

/// <summary>What is known of every sample of a dataset, one column each.</summary>
class SampleColumns
{
    /// <summary>Bytes of a content hash.</summary>
    public const int HashSize = SHA256.HashSizeInBytes;

    /// <summary>SHA-256 of the content, <see cref="HashSize"/> bytes a sample.</summary>
    public required byte[] Hashes { get; init; }

    /// <summary>Index of the class.</summary>
    public required int[] Labels { get; init; }

    public required Split[] Splits { get; init; }

    /// <summary>One string object for all samples of a group; null where no groups were asked for.</summary>
    public required string?[]? Groups { get; init; }

    public int Count => Labels.Length;

    public ReadOnlySpan<byte> HashAt(int row) => Hashes.AsSpan(row * HashSize, HashSize);

    /// <summary>The sample with what every kind of them has.</summary>
    public T Describe<T>(T sample, int row, IReadOnlyList<string> classes) where T : Sample => sample with
    {
        Id = Convert.ToHexString(HashAt(row)).ToLowerInvariant(),
        Label = classes[Labels[row]],
        Split = Splits[row],
        Group = Groups?[row],
    };
}

using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace PSFineTune.Data;

/// <summary>What a run learned from, as one hash: equal for equal content, labels and splits, whatever files are called.</summary>
static class DataFingerprint
{
    const int Size = ImageColumns.HashSize + sizeof(int) + 1;

    /// <summary>SHA-256 over the classes and every sample's content hash, label and split in ascending order; lower-case hexadecimal.</summary>
    public static string Of(IReadOnlyList<string> classes, ImageColumns columns)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach (var name in classes.Select(Encoding.UTF8.GetBytes))
        {
            BinaryPrimitives.WriteInt32LittleEndian(length, name.Length);
            hash.AppendData(length);
            hash.AppendData(name);
        }
        // Ends the classes: no name is that long.
        hash.AppendData([0xFF, 0xFF, 0xFF, 0xFF]);
        foreach (var sample in Sorted(columns)) hash.AppendData(sample);
        return Convert.ToHexString(hash.GetHashAndReset()).ToLowerInvariant();
    }

    static byte[][] Sorted(ImageColumns columns)
    {
        var samples = new byte[columns.Count][];
        for (var row = 0; row < samples.Length; row++)
        {
            var sample = samples[row] = new byte[Size];
            columns.HashAt(row).CopyTo(sample);
            BinaryPrimitives.WriteInt32BigEndian(sample.AsSpan(ImageColumns.HashSize), columns.Labels[row]);
            sample[^1] = (byte)columns.Splits[row];
        }
        Array.Sort(samples, (one, other) => one.AsSpan().SequenceCompareTo(other));
        return samples;
    }
}

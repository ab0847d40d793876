using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace PSFineTune.Data;

/// <summary>What a run learned from, as one hash: equal for equal content, labels and splits, whatever files are called.</summary>
static class DataFingerprint
{
    /// <summary>SHA-256 over the classes and every sample's content hash, label and split in ascending order; lower-case hexadecimal.</summary>
    public static string Of(IReadOnlyList<string> classes, SampleColumns columns)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> number = stackalloc byte[sizeof(int)];
        foreach (var name in classes.Select(Encoding.UTF8.GetBytes))
        {
            BinaryPrimitives.WriteInt32LittleEndian(number, name.Length);
            hash.AppendData(number);
            hash.AppendData(name);
        }
        // Ends the classes: no name is that long.
        hash.AppendData([0xFF, 0xFF, 0xFF, 0xFF]);
        foreach (var row in Ordered(columns))
        {
            hash.AppendData(columns.HashAt(row));
            BinaryPrimitives.WriteInt32BigEndian(number, columns.Labels[row]);
            hash.AppendData(number);
            hash.AppendData([(byte)columns.Splits[row]]);
        }
        return Convert.ToHexString(hash.GetHashAndReset()).ToLowerInvariant();
    }

    // By content hash, then label, then split. Eight bytes of a hash tell nearly all rows apart: of a million, numbers are sorted and not records.
    static int[] Ordered(SampleColumns columns)
    {
        var rows = Enumerable.Range(0, columns.Count).ToArray();
        var keys = Array.ConvertAll(rows, row => BinaryPrimitives.ReadUInt64BigEndian(columns.HashAt(row)));
        Array.Sort(keys, rows);
        for (int from = 0, to; from < rows.Length; from = to)
        {
            for (to = from + 1; to < rows.Length && keys[to] == keys[from]; to++) { }
            if (to - from > 1) rows.AsSpan(from, to - from).Sort(Compare);
        }
        return rows;

        int Compare(int one, int other) =>
            columns.HashAt(one).SequenceCompareTo(columns.HashAt(other)) is not 0 and var hash ? hash
            : columns.Labels[one].CompareTo(columns.Labels[other]) is not 0 and var label ? label
            : columns.Splits[one].CompareTo(columns.Splits[other]);
    }
}

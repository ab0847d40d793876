using System.Buffers.Binary;
using PSFineTune.Audit;
using PSFineTune.Data;
using PSFineTune.Packaging;

namespace PSFineTune.Comparison;

/// <summary>
/// The samples that a model learned from, and those by which its epochs and temperature were chosen, eight bytes each: enough to
/// tell on any machine whether a sample is one of them, which takes the sample to ask. Written by a run, and carried by its package.
/// </summary>
sealed class TrainingHashes
{
    const int Bytes = sizeof(ulong);

    // The contents of what was learned last: where they are, all others are. Versions before knew no validation samples.
    static readonly (string Name, string Kind)[] s_parts =
    [
        ("validation-texts.bin", "validation-text-hashes"), ("validation-hashes.bin", "validation-hashes"),
        ("training-texts.bin", "training-text-hashes"), ("training-hashes.bin", "training-hashes"),
    ];

    // In the order of the parts; none where there is nothing.
    readonly ulong[][] _keys;

    TrainingHashes(ulong[][] keys) => _keys = keys;

    /// <summary>Of the training and validation samples of data.</summary>
    public static TrainingHashes Of(Dataset data, CancellationToken cancel) =>
        new([Texts(data, Split.Validation, cancel), Contents(data, Split.Validation), Texts(data, Split.Train, cancel), Contents(data, Split.Train)]);

    /// <summary>What a run or a package keeps of them; null where it is of a version that kept nothing.</summary>
    /// <exception cref="FineTuneException">DamagedTrainingHashes.</exception>
    public static TrainingHashes? In(IEnumerable<(string Name, string Kind, PartSource Source)> parts, string model)
    {
        var known = parts.Where(part => s_parts.Any(own => own.Name == part.Name)).ToDictionary(part => part.Name, part => Read(part.Source, model), StringComparer.Ordinal);
        return known.ContainsKey(s_parts[^1].Name) ? new([.. s_parts.Select(part => known.GetValueOrDefault(part.Name) ?? [])]) : null;
    }

    /// <summary>A run has written all of them.</summary>
    public static bool AreIn(string folder) => File.Exists(Path.Combine(folder, s_parts[^1].Name));

    /// <summary>Those that a run wrote, as parts of its package.</summary>
    public static IEnumerable<(string Name, string Kind, PartSource Source)> PartsIn(string folder) =>
        from part in s_parts
        where File.Exists(Path.Combine(folder, part.Name))
        select (part.Name, part.Kind, PartSource.OfFile(Path.Combine(folder, part.Name)));

    /// <exception cref="FineTuneException">CannotWrite.</exception>
    public void Write(string folder)
    {
        foreach (var (part, keys) in s_parts.Zip(_keys))
            if (keys.Length > 0 || part == s_parts[^1]) Write(Path.Combine(folder, part.Name), keys);
    }

    /// <summary>A sample of this content was learned from.</summary>
    public bool HasContent(ReadOnlySpan<byte> hash) => Has(3, KeyOf(hash));

    /// <summary>A text of the same letters and digits was learned from, whatever their case and what stands between them.</summary>
    public bool HasText(string text) => _keys[2].Length > 0 && Has(2, KeyOf(text));

    /// <summary>A sample of this content was among those that the model was chosen by; false where that is not known.</summary>
    public bool HasValidationContent(ReadOnlySpan<byte> hash) => Has(1, KeyOf(hash));

    /// <summary>A text of the same letters and digits was among those that the model was chosen by; false where that is not known.</summary>
    public bool HasValidationText(string text) => _keys[0].Length > 0 && Has(0, KeyOf(text));

    bool Has(int part, ulong key) => Array.BinarySearch(_keys[part], key) >= 0;

    static ulong[] Contents(Dataset data, Split split) => Sorted(data.RowsOf(split).Select(row => KeyOf(data.HashAt(row))));

    static ulong[] Texts(Dataset data, Split split, CancellationToken cancel)
    {
        if (data is not TextDataset) return [];
        var rows = data.RowsOf(split);
        var texts = new ulong[rows.Length];
        Parallel.For(0, texts.Length, new() { CancellationToken = cancel, MaxDegreeOfParallelism = Environment.ProcessorCount }, at => texts[at] = KeyOf(data.ItemAt(rows[at])));
        return Sorted(texts);
    }

    static ulong KeyOf(ReadOnlySpan<byte> hash) => BinaryPrimitives.ReadUInt64BigEndian(hash);

    static ulong KeyOf(string text) => (ulong)TextTracer.ContentOf(text);

    static ulong[] Sorted(IEnumerable<ulong> keys) => [.. keys.Distinct().Order()];

    static void Write(string path, ulong[] keys) => DurableFile.Write(path, stream =>
    {
        var bytes = new byte[keys.Length * Bytes];
        for (var at = 0; at < keys.Length; at++) BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(at * Bytes), keys[at]);
        stream.Write(bytes);
    });

    static ulong[] Read(PartSource source, string model)
    {
        if (source.Length % Bytes != 0 || source.Length > Array.MaxLength) throw Fault.DamagedTrainingHashes(model);
        var bytes = source.Bytes();
        var keys = new ulong[bytes.Length / Bytes];
        for (var at = 0; at < keys.Length; at++)
        {
            keys[at] = BinaryPrimitives.ReadUInt64BigEndian(bytes.AsSpan(at * Bytes));
            if (at > 0 && keys[at] <= keys[at - 1]) throw Fault.DamagedTrainingHashes(model);
        }
        return keys;
    }
}

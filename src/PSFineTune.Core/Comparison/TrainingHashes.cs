using System.Buffers.Binary;
using PSFineTune.Audit;
using PSFineTune.Data;
using PSFineTune.Packaging;

namespace PSFineTune.Comparison;

/// <summary>
/// The samples that a model learned from, eight bytes each: enough to tell on any machine whether a sample is one of them, which
/// takes the sample to ask. Written by a run, and carried by its package.
/// </summary>
sealed class TrainingHashes
{
    const string ContentsName = "training-hashes.bin", TextsName = "training-texts.bin";

    const int Bytes = sizeof(ulong);

    readonly ulong[] _contents;
    readonly ulong[] _texts;

    TrainingHashes(ulong[] contents, ulong[] texts) => (_contents, _texts) = (contents, texts);

    /// <summary>Of the training samples of data.</summary>
    public static TrainingHashes Of(Dataset data, CancellationToken cancel)
    {
        var rows = data.RowsOf(Split.Train);
        var texts = new ulong[data is TextDataset ? rows.Length : 0];
        Parallel.For(0, texts.Length, new() { CancellationToken = cancel, MaxDegreeOfParallelism = Environment.ProcessorCount }, at => texts[at] = KeyOf(data.ItemAt(rows[at])));
        return new(Sorted(rows.Select(row => KeyOf(data.HashAt(row)))), Sorted(texts));
    }

    /// <summary>What a run or a package keeps of them; null where it is of a version that kept nothing.</summary>
    /// <exception cref="FineTuneException">DamagedTrainingHashes.</exception>
    public static TrainingHashes? In(IEnumerable<(string Name, string Kind, PartSource Source)> parts, string model)
    {
        var known = parts.Where(part => part.Name is ContentsName or TextsName).ToDictionary(part => part.Name, part => Read(part.Source, model), StringComparer.Ordinal);
        return known.TryGetValue(ContentsName, out var contents) ? new(contents, known.GetValueOrDefault(TextsName) ?? []) : null;
    }

    /// <summary>Those that a run wrote, as parts of its package.</summary>
    public static IEnumerable<(string Name, string Kind, PartSource Source)> PartsIn(string folder) =>
        from part in new[] { (Name: ContentsName, Kind: "training-hashes"), (Name: TextsName, Kind: "training-text-hashes") }
        where File.Exists(Path.Combine(folder, part.Name))
        select (part.Name, part.Kind, PartSource.OfFile(Path.Combine(folder, part.Name)));

    /// <exception cref="FineTuneException">CannotWrite.</exception>
    public void Write(string folder)
    {
        // The contents last: where they are, the texts are.
        if (_texts.Length > 0) Write(Path.Combine(folder, TextsName), _texts);
        Write(Path.Combine(folder, ContentsName), _contents);
    }

    /// <summary>A sample of this content was learned from.</summary>
    public bool HasContent(ReadOnlySpan<byte> hash) => Array.BinarySearch(_contents, KeyOf(hash)) >= 0;

    /// <summary>A text of the same letters and digits was learned from, whatever their case and what stands between them.</summary>
    public bool HasText(string text) => _texts.Length > 0 && Array.BinarySearch(_texts, KeyOf(text)) >= 0;

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

using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace PSFineTune.Data.Texts;

/// <summary>Rows on their way into columns: texts go to the store, of everything else a number is kept.</summary>
/// <param name="texts">Where to.</param>
/// <param name="metadata">Names of further cells of each row.</param>
sealed class TextRows(TextStore texts, IReadOnlyList<string> metadata)
{
    // Never in a file: hashes are compared, not read now and then.
    readonly ByteStore _hashes = new("", long.MaxValue);
    readonly List<int> _labels = [], _files = [], _lines = [];
    readonly List<Split?> _told = [];
    readonly List<string?> _groups = [];
    readonly Dictionary<string, int> _classes = [];
    readonly Dictionary<string, string> _shared = [];

    public int Count => _labels.Count;

    /// <summary>Names in the order in which they were found first.</summary>
    public IReadOnlyCollection<string> Labels => _classes.Keys;

    public bool HasGroups => _shared.Count > 0;

    /// <param name="text">Not empty.</param>
    /// <param name="label">Class name.</param>
    /// <param name="told">The split that a file or column tells; null where it is to be drawn.</param>
    /// <param name="group">Or null.</param>
    /// <param name="more">Cells of the metadata.</param>
    /// <param name="file">Index.</param>
    /// <param name="line">From 1.</param>
    public void Add(string text, string label, Split? told, string? group, ReadOnlySpan<string> more, int file, int line)
    {
        var rented = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        var bytes = rented.AsSpan(0, Encoding.UTF8.GetBytes(text, rented));
        Span<byte> hash = stackalloc byte[SampleColumns.HashSize];
        SHA256.HashData(bytes, hash);
        _hashes.Append(hash);
        texts.Add(bytes);
        ArrayPool<byte>.Shared.Return(rented);
        foreach (var cell in more) texts.Add(cell);

        if (!_classes.TryGetValue(label, out var known)) _classes[label] = known = _classes.Count;
        _labels.Add(known);
        _told.Add(told);
        _files.Add(file);
        _lines.Add(line);
        if (group is not null && !_shared.TryAdd(group, group)) group = _shared[group];
        _groups.Add(group);
    }

    /// <summary>What is told of the splits of each class.</summary>
    /// <param name="classes">Names, in ordinal order; may have some that no row has.</param>
    public ClassTally Tally(IReadOnlyList<string> classes)
    {
        var tally = new ClassTally(classes);
        var places = Places(classes);
        for (var row = 0; row < Count; row++) tally.Add(places[_labels[row]], _told[row]);
        return tally;
    }

    /// <param name="classes">Names, in ordinal order.</param>
    /// <param name="files">Full paths.</param>
    /// <param name="rules">Draws what is not told.</param>
    public TextColumns ToColumns(IReadOnlyList<string> classes, IReadOnlyList<string> files, SplitRules rules)
    {
        var places = Places(classes);
        var labels = new int[Count];
        for (var row = 0; row < Count; row++) labels[row] = places[_labels[row]];
        var hashes = new byte[_hashes.Length];
        _hashes.Read(0, hashes);
        var ofGroups = _shared.Keys.ToDictionary(name => name, name => RandomStream.SampleKey(SHA256.HashData(Encoding.UTF8.GetBytes(name))));
        var keys = new ulong[Count];
        for (var row = 0; row < Count; row++)
            keys[row] = _groups[row] is { } group ? ofGroups[group] : RandomStream.SampleKey(hashes.AsSpan(row * SampleColumns.HashSize, SampleColumns.HashSize));
        return new()
        {
            Hashes = hashes,
            Labels = labels,
            Splits = rules.Assign(keys, labels, _told, _told.Contains(Split.Validation), _told.Contains(Split.Test)),
            Groups = HasGroups ? [.. _groups] : null,
            Texts = texts,
            MetadataNames = metadata,
            Files = new(files),
            FileOf = [.. _files],
            Lines = [.. _lines],
        };
    }

    // From the order of appearance to that of the classes.
    int[] Places(IReadOnlyList<string> classes)
    {
        var indices = classes.Select((name, index) => (name, index)).ToDictionary(pair => pair.name, pair => pair.index);
        return [.. _classes.Keys.Select(name => indices[name])];
    }
}

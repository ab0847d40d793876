using System.Buffers.Binary;
using System.Text;

namespace PSFineTune.Text;

/// <summary>
/// A model of fastText (github.com/facebookresearch/fastText, version 12 of its .bin): its words, each with the mean of the
/// vectors of the word itself and of its character n-grams (Bojanowski et al. 2017, https://arxiv.org/abs/1607.04606).
/// </summary>
sealed class FastTextModel
{
    const int Magic = 793712314, Version = 12, LongestWord = 1 << 16;
    const string EndOfSentence = "</s>";

    readonly string _path;
    readonly int _buckets, _shortest, _longest;
    readonly List<string> _words = [];
    readonly long _rows, _matrix;

    FastTextModel(string path, BinaryReader reader)
    {
        _path = path;
        // Size, window, epochs, least count, negatives, word n-grams, loss, kind, buckets, shortest and longest n-gram, rate's updates.
        var settings = Enumerable.Range(0, 12).Select(_ => reader.ReadInt32()).ToArray();
        reader.ReadDouble();
        (Size, _buckets, _shortest, _longest) = (settings[0], settings[8], settings[9], settings[10]);
        var (count, words) = (reader.ReadInt32(), reader.ReadInt32());
        reader.ReadInt32();
        reader.ReadInt64();
        var pruned = reader.ReadInt64();
        for (var i = 0; i < count; i++)
        {
            var word = WordOf(reader);
            reader.ReadInt64();
            if (reader.ReadByte() == 0) _words.Add(word);
        }
        if (pruned > 0 || reader.ReadBoolean()) throw Fault.BadFastText(path, "it is quantized, and its vectors are no longer there");
        _rows = reader.ReadInt64();
        if (reader.ReadInt64() != Size || Size is < 1 or > 4096 || _words.Count != words || _rows < words || (_longest > 0 && _rows < words + (long)_buckets))
            throw Fault.BadFastText(path, "its counts do not fit each other");
        _matrix = reader.BaseStream.Position;
        if (reader.BaseStream.Length - _matrix < _rows * Size * sizeof(float)) throw Fault.BadFastText(path, "it ends before its vectors do");
    }

    /// <summary>Numbers of a vector.</summary>
    public int Size { get; }

    /// <summary>The model; null where the file does not begin as one.</summary>
    /// <exception cref="FineTuneException">BadFastTextModel.</exception>
    public static FastTextModel? Find(string path)
    {
        using var reader = new BinaryReader(new BufferedStream(Open(path), 1 << 16));
        if (reader.BaseStream.Length < 8 || reader.ReadInt32() != Magic) return null;
        if (reader.ReadInt32() is var version and not Version) throw Fault.BadFastText(path, $"its form is version {version}, and {Version} alone is known");
        try
        {
            return new(path, reader);
        }
        catch (EndOfStreamException)
        {
            throw Fault.BadFastText(path, "it ends before its words do");
        }
    }

    /// <summary>Words and vectors in the model's order; an array is filled anew for the next.</summary>
    public IEnumerable<(string Word, float[] Vector)> Read()
    {
        using var file = Open(_path);
        var (vector, row) = (new float[Size], new byte[Size * sizeof(float)]);
        for (var i = 0; i < _words.Count; i++)
        {
            long[] rows = [i, .. _words[i] == EndOfSentence || _longest == 0 ? [] : NGrams($"<{_words[i]}>").Select(gram => _words.Count + Hash(gram) % _buckets)];
            Array.Clear(vector);
            foreach (var number in rows)
            {
                RandomAccess.Read(file.SafeFileHandle, row, _matrix + number * row.Length);
                for (var k = 0; k < Size; k++) vector[k] += BinaryPrimitives.ReadSingleLittleEndian(row.AsSpan(k * sizeof(float)));
            }
            for (var k = 0; k < Size; k++) vector[k] /= rows.Length;
            yield return (_words[i], vector);
        }
    }

    // Of whole characters; a mark of the word's beginning or end alone is none.
    IEnumerable<string> NGrams(string word)
    {
        var runes = word.EnumerateRunes().ToArray();
        for (var from = 0; from < runes.Length; from++)
            for (var length = Math.Max(1, _shortest); length <= _longest && from + length <= runes.Length; length++)
                if (length > 1 || (from > 0 && from < runes.Length - 1)) yield return string.Concat(runes.Skip(from).Take(length));
    }

    // Fowler, Noll and Vo's, whose bytes have signs here.
    static long Hash(string gram)
    {
        var hash = 2166136261u;
        foreach (var value in Encoding.UTF8.GetBytes(gram)) hash = (hash ^ (uint)(sbyte)value) * 16777619;
        return hash;
    }

    static string WordOf(BinaryReader reader)
    {
        var bytes = new List<byte>();
        for (byte next; (next = reader.ReadByte()) != 0;)
            if (bytes.Count < LongestWord) bytes.Add(next);
        return Encoding.UTF8.GetString([.. bytes]);
    }

    static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
}

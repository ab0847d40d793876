using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PSFineTune.Text;

/// <summary>
/// A file of words and their vectors, whose form is told by its content: GloVe's text (a line a word), word2vec's and
/// fastText's text (the same behind a line of two counts), word2vec's binary form, or a fastText model.
/// </summary>
sealed class WordVectors
{
    const int LongestWord = 1 << 16;

    readonly string _path;
    readonly bool _binary, _counted;

    readonly FastTextModel? _model;

    WordVectors(string path, FastTextModel model) : this(path, model.Size, binary: true, counted: false) => _model = model;

    WordVectors(string path, int size, bool binary, bool counted) => (_path, Size, _binary, _counted) = (path, size, binary, counted);

    /// <summary>Numbers of a vector.</summary>
    public int Size { get; }

    /// <summary>The file's vectors; null where its first lines are of none of the forms.</summary>
    /// <exception cref="FineTuneException">WeightsNotFound, CannotRead; BadFastTextModel for a fastText model that cannot be used.</exception>
    public static WordVectors? Find(string path)
    {
        if (!File.Exists(path)) throw Fault.WeightsNotFound(path);
        return Guarded(path, () =>
        {
            if (FastTextModel.Find(path) is { } model) return new WordVectors(path, model);
            using var file = Open(path);
            if (LineOf(file) is not { } first) return null;
            if (Counts(first) is not { } size) return Numbers(first) is > 0 and var width ? new WordVectors(path, width, binary: false, counted: false) : null;
            var begin = file.Position;
            if (LineOf(file) is { } second && IsText(second, size)) return new(path, size, binary: false, counted: true);
            file.Position = begin;
            return WordOf(file) is not null && file.Length - file.Position >= size * sizeof(float) ? new(path, size, binary: true, counted: true) : null;
        });
    }

    /// <summary>Lower-case hexadecimal SHA-256 of the file.</summary>
    public string Sha256() => Guarded(_path, () =>
    {
        using var file = Open(_path);
        return Convert.ToHexString(SHA256.HashData(file)).ToLowerInvariant();
    });

    /// <summary>Words and vectors in the file's order; an array is filled anew for the next.</summary>
    /// <exception cref="FineTuneException">CannotRead; BadTextLine, with its number.</exception>
    public IEnumerable<(string Word, float[] Vector)> Read() => _model is not null ? _model.Read() : _binary ? Binary() : Lines();

    IEnumerable<(string, float[])> Lines()
    {
        using var reader = new StreamReader(Open(_path), Encoding.UTF8);
        var (vector, number) = (new float[Size], 0);
        while (Guarded(_path, reader.ReadLine) is { } line)
        {
            if (++number == 1 && _counted || line.Length == 0) continue;
            yield return (Parse(line, vector) ?? throw Fault.BadTextLine(_path, number, line, $"a word and {Size} numbers with one space between"), vector);
        }
    }

    IEnumerable<(string, float[])> Binary()
    {
        using var file = Open(_path);
        LineOf(file);
        var (vector, bytes, number) = (new float[Size], new byte[Size * sizeof(float)], 1);
        while (Guarded(_path, () => WordOf(file)) is { } word)
        {
            number++;
            if (Guarded(_path, () => file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)) < bytes.Length) throw Fault.BadTextLine(_path, number, word, $"a word and {Size} numbers of four bytes");
            Buffer.BlockCopy(bytes, 0, vector, 0, bytes.Length);
            yield return (word, vector);
        }
    }

    // The numbers are the last of the line: some words have spaces in them.
    static string? Parse(ReadOnlySpan<char> line, float[] vector)
    {
        line = line.TrimEnd(' ');
        for (var i = vector.Length - 1; i >= 0; i--)
        {
            var space = line.LastIndexOf(' ');
            if (space <= 0 || !float.TryParse(line[(space + 1)..], NumberStyles.Float, CultureInfo.InvariantCulture, out vector[i])) return null;
            line = line[..space];
        }
        return line.ToString();
    }

    static int? Counts(string line) => line.Trim().Split(' ') is [var words, var size] && long.TryParse(words, NumberStyles.None, CultureInfo.InvariantCulture, out _)
        && int.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var width) && width is > 0 and <= 4096 ? width : null;

    // How many numbers stand behind the first word.
    static int Numbers(string line)
    {
        var parts = line.TrimEnd(' ').Split(' ');
        return parts.Skip(1).All(part => float.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out _)) ? parts.Length - 1 : 0;
    }

    static bool IsText(string line, int size) => Parse(line, new float[size]) is not null;

    // Up to the line's end; null at the file's, or where there is no end to it.
    static string? LineOf(Stream file) => Until((byte)'\n', file, 1 << 20);

    // Up to the space; what ended the vector before it may be a line's end.
    static string? WordOf(Stream file) => Until((byte)' ', file, LongestWord)?.TrimStart('\n');

    static string? Until(byte end, Stream file, int longest)
    {
        var bytes = new List<byte>();
        for (int next; (next = file.ReadByte()) != end; bytes.Add((byte)next))
            if (next < 0 || bytes.Count == longest) return next < 0 && end == '\n' && bytes.Count > 0 ? Encoding.UTF8.GetString([.. bytes]) : null;
        return Encoding.UTF8.GetString([.. bytes]).TrimEnd('\r');
    }

    static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);

    static T Guarded<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw Fault.CannotRead(path, wrong);
        }
    }
}

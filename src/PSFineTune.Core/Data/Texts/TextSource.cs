using System.Security.Cryptography;

namespace PSFineTune.Data.Texts;

/// <summary>A file of texts and how its bytes are read.</summary>
/// <param name="path">Full path.</param>
/// <param name="split">What all of its rows are for; null where that is to be drawn or told by a column.</param>
/// <param name="label">The class folder it lies in; null for a file of rows.</param>
sealed class TextSource(string path, Split? split = null, string? label = null)
{
    FileStream? _open;

    public string Path => path;

    public Split? Split => split;

    public string? Label => label;

    /// <summary>As <see cref="TextEncoding"/> names it; known once <see cref="Survey"/> ran.</summary>
    public string Encoding { get; private set; } = TextEncoding.Utf8;

    /// <summary>Whether the encoding was given, or told by the bytes beyond doubt.</summary>
    public bool IsEncodingSure { get; private set; } = true;

    /// <summary>Bytes.</summary>
    public long Length { get; private set; }

    /// <summary>Bytes read since it was opened last.</summary>
    public long Position => _open is { CanRead: true } ? _open.Position : Length;

    /// <summary>Finds the encoding, where none is given, and how long the file is.</summary>
    /// <exception cref="FineTuneException">DatasetNotFound, CannotRead or NotText.</exception>
    public void Survey(string? encoding)
    {
        if (!File.Exists(path)) throw Fault.NoTextFile(path);
        using var stream = Open();
        Length = stream.Length;
        var guess = encoding is null ? Guarded(() => EncodingGuess.Of(stream)) : new(TextEncoding.NameOf(encoding), true);
        (Encoding, IsEncodingSure) = (guess.Name ?? throw Fault.NotText(path), guess.IsSure);
    }

    /// <summary>The text from its beginning, without a mark; whoever asks disposes it.</summary>
    /// <exception cref="FineTuneException">CannotRead.</exception>
    public TextReader OpenText()
    {
        _open = Open();
        var reader = new StreamReader(_open, TextEncoding.Of(Encoding), detectEncodingFromByteOrderMarks: false, 64 << 10);
        if (Guarded(reader.Peek) == '\uFEFF') reader.Read();
        return reader;
    }

    /// <summary>All of a file as one text, its encoding found as an import finds it.</summary>
    /// <exception cref="FineTuneException">DatasetNotFound, CannotRead or NotText.</exception>
    public static string Whole(string path)
    {
        var source = new TextSource(path);
        source.Survey(null);
        using var reader = source.OpenText();
        return source.Guarded(reader.ReadToEnd);
    }

    /// <summary>SHA-256 of the file, lower-case hexadecimal.</summary>
    /// <exception cref="FineTuneException">CannotRead.</exception>
    public string Hash()
    {
        using var stream = Open();
        return Convert.ToHexString(Guarded(() => SHA256.HashData(stream))).ToLowerInvariant();
    }

    FileStream Open() => Guarded(() => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 16, FileOptions.SequentialScan));

    /// <exception cref="FineTuneException">CannotRead.</exception>
    public T Guarded<T>(Func<T> read)
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

using PSFineTune.Packaging;

namespace PSFineTune.Text;

/// <summary>Which row of an embedding a term has, and the rows of what is no term.</summary>
/// <remarks>Read by any number of threads.</remarks>
sealed class WordIds
{
    /// <summary>The row behind a text's end.</summary>
    public const int Padding = 0;

    readonly Dictionary<string, int> _ids;

    WordIds(IReadOnlyList<string> terms, int from)
    {
        (Terms, From) = (terms, from);
        _ids = new(terms.Count, StringComparer.Ordinal);
        for (var i = 0; i < terms.Count; i++) _ids.TryAdd(terms[i], from + i);
    }

    /// <summary>In the order of their rows.</summary>
    public IReadOnlyList<string> Terms { get; }

    /// <summary>Row of the first term.</summary>
    public int From { get; }

    /// <summary>Rows in all.</summary>
    public int Count => From + Terms.Count;

    /// <summary>The row of every term that is not known.</summary>
    public int Unknown { get; private init; } = 1;

    /// <summary>What a text begins and ends with; null for nothing.</summary>
    public (int First, int Last)? Frame { get; private init; }

    /// <summary>Words: row 0 is padding, row 1 the unknown word.</summary>
    public static WordIds OfWords(IReadOnlyList<string> terms) => new(terms, 2);

    /// <summary>Pieces of words, a line a row, with BERT's [PAD], [UNK], [CLS] and [SEP] among them.</summary>
    /// <param name="terms">In the order of their rows.</param>
    /// <param name="source">File to name in a fault.</param>
    /// <exception cref="FineTuneException">BadVocabulary.</exception>
    public static WordIds OfPieces(IReadOnlyList<string> terms, string source)
    {
        var lines = new WordIds(terms, 0);
        int Row(string special) => lines._ids.TryGetValue(special, out var row) ? row : throw Fault.BadVocabulary(source, $"it has no line '{special}'");
        if (Row("[PAD]") != Padding) throw Fault.BadVocabulary(source, "'[PAD]' is not its first line");
        return new(terms, 0) { Unknown = Row("[UNK]"), Frame = (Row("[CLS]"), Row("[SEP]")) };
    }

    public int Of(ReadOnlySpan<char> term) => _ids.GetValueOrDefault(term.ToString(), Unknown);

    /// <summary>Whether a term has a row of its own.</summary>
    public int? Find(string term) => _ids.TryGetValue(term, out var row) ? row : null;

    /// <summary>The lines of a part, UTF-8.</summary>
    public static IReadOnlyList<string> Lines(PartSource source)
    {
        using var reader = new StreamReader(source.Open());
        var lines = new List<string>();
        while (reader.ReadLine() is { } line) lines.Add(line);
        return lines;
    }
}

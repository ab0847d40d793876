using System.Globalization;
using System.Text.RegularExpressions;

namespace PSFineTune.Text.Chinese;

/// <summary>
/// Words with how often they occur and what part of speech they are, in the format of jieba's dict.txt: a line a word, with
/// its count and its tag behind it, spaces between.
/// </summary>
/// <remarks>Filled by one thread; read by any number.</remarks>
sealed partial class ChineseDictionary
{
    /// <summary>The tag of what has none.</summary>
    public const string Unknown = "x";

    readonly WordTrie _trie = new(1 << 19);
    readonly Dictionary<string, string> _tags = [];
    Entry[] _entries = new Entry[1 << 10];
    int _count;

    /// <summary>Sum of all counts, those that were replaced included, as jieba has it.</summary>
    public long Total { get; private set; }

    public WordTrie Trie => _trie;

    /// <summary>By the number that the trie has for a word.</summary>
    public ReadOnlySpan<Entry> Entries => _entries;

    /// <summary>Words that are to be taken apart where they are no words of the dictionary: those that a user gave the count 0.</summary>
    public HashSet<string> Split { get; } = new(StringComparer.Ordinal);

    /// <summary>Reads the whole dictionary.</summary>
    /// <param name="path">UTF-8.</param>
    /// <exception cref="FineTuneException">CannotRead; BadTextLine, with its number.</exception>
    public static ChineseDictionary Read(string path)
    {
        var dictionary = new ChineseDictionary();
        foreach (var (line, number) in Lines(path))
        {
            var parts = line.Split(' ');
            if (parts.Length is < 2 or > 3 || Count(parts[1]) is not { } count) throw Fault.BadTextLine(path, number, line, "a word, its count, and perhaps its part of speech, with one space between");
            dictionary.Set(parts[0], count, parts.Length > 2 ? parts[2] : Unknown);
        }
        return dictionary;
    }

    /// <summary>Adds a user's words: count and tag may be left out. Without a count the word gets the least with which it stays whole.</summary>
    /// <param name="path">UTF-8.</param>
    /// <exception cref="FineTuneException">CannotRead; BadTextLine, with its number.</exception>
    public void Add(string path)
    {
        foreach (var (line, number) in Lines(path))
        {
            var parts = UserWord().Match(line).Groups;
            var count = parts["count"] is { Success: true, Value: var digits } ? Count(digits) ?? throw Fault.BadTextLine(path, number, line, "a word whose count is a number below 2^63") : (long?)null;
            Add(parts["word"].Value, count, parts["tag"] is { Success: true, Value: var tag } ? tag : null);
        }
    }

    /// <summary>Count of a word; 0 where it is none.</summary>
    public long CountOf(ReadOnlySpan<char> word) => _trie.ValueOf(word) is var value and >= 0 ? _entries[value].Count : 0;

    /// <summary>Part of speech of a word; x where it is not known.</summary>
    public string TagOf(ReadOnlySpan<char> word) => _trie.ValueOf(word) is var value and >= 0 ? _entries[value].Tag : Unknown;

    void Add(string word, long? count, string? tag)
    {
        var given = count ?? Suggested(word);
        Set(word, given, tag ?? TagOf(word));
        if (given == 0) Split.Add(word);
    }

    // The least count with which the word is as likely as its best division, and one more.
    long Suggested(string word)
    {
        var share = 1.0;
        var parts = new List<ChineseSegmenter.Span>();
        new ChineseSegmenter(this, characters: null).Cut(word, parts);
        foreach (var part in parts) share *= (_trie.ValueOf(word.AsSpan(part.From, part.Length)) >= 0 ? CountOf(word.AsSpan(part.From, part.Length)) : 1) / (double)Total;
        return Math.Max((long)(share * Total) + 1, CountOf(word));
    }

    void Set(string word, long count, string tag)
    {
        if (!_tags.TryGetValue(tag, out var shared)) _tags.Add(tag, shared = tag);
        var value = _trie.ValueOf(word);
        if (value < 0)
        {
            if (_count == _entries.Length) Array.Resize(ref _entries, 2 * _count);
            _trie.Set(word, value = _count++);
        }
        _entries[value] = new(count, count == 0 ? double.NaN : Math.Log(count), shared);
        Total += count;
    }

    // As jieba reads it: a word may have spaces, a count is digits, a tag small letters, and either may be left out.
    [GeneratedRegex(@"^(?<word>.+?)( (?<count>[0-9]+))?( (?<tag>[a-z]+))?$", RegexOptions.CultureInvariant)]
    private static partial Regex UserWord();

    static long? Count(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null;

    static IEnumerable<(string Line, int Number)> Lines(string path)
    {
        var number = 0;
        foreach (var line in TextFile.Lines(path))
        {
            number++;
            if (line.Trim() is { Length: > 0 } words) yield return (words, number);
        }
    }

    /// <summary>What is known of a word.</summary>
    /// <param name="Count">How often it occurs; 0 for what is no word.</param>
    /// <param name="Log">Natural logarithm of the count.</param>
    /// <param name="Tag">Part of speech.</param>
    public readonly record struct Entry(long Count, double Log, string Tag);
}

using System.Globalization;
using System.Runtime.CompilerServices;
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

    // In jieba's dictionary an edge of the trie takes about so many bytes of a line.
    const int BytesAnEdge = 10;

    // A word's number in the trie is that of its count, of which there are few: 0 is no word. Tags are numbered, too, by node.
    readonly Dictionary<long, int> _numbers;
    readonly List<long> _counts;
    readonly List<string> _tags;
    readonly Dictionary<string, int> _tagNumbers;
    double[] _logs;
    int[] _tagOf;
    int _lastTag;

    ChineseDictionary(int edges) =>
        (Trie, _numbers, _counts, _tags, _tagNumbers, _logs, _tagOf) = (new(edges), new() { [0] = 0 }, [0], [Unknown], new() { [Unknown] = 0 }, [double.NaN], new int[Math.Max(16, edges)]);

    ChineseDictionary(ChineseDictionary other)
    {
        (Trie, _numbers, _counts, _logs, Total) = (other.Trie.Clone(), new(other._numbers), [.. other._counts], other._logs[..], other.Total);
        (_tags, _tagNumbers, _tagOf, Split) = ([.. other._tags], new(other._tagNumbers), other._tagOf[..], [.. other.Split]);
    }

    /// <summary>Sum of all counts, those that were replaced included, as jieba has it.</summary>
    public long Total { get; private set; }

    public WordTrie Trie { get; }

    /// <summary>Natural logarithms of counts, by the number that the trie has for a word.</summary>
    public ReadOnlySpan<double> Logs => _logs;

    /// <summary>Words that are to be taken apart where they are no words of the dictionary: those that a user gave the count 0.</summary>
    public HashSet<string> Split { get; } = new(StringComparer.Ordinal);

    /// <summary>Reads the whole dictionary.</summary>
    /// <exception cref="FineTuneException">CannotRead; BadTextLine, with its number.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ChineseDictionary Read(TextPart part)
    {
        var dictionary = new ChineseDictionary((int)Math.Min(part.Source.Length / BytesAnEdge, 1 << 26));
        var number = 0;
        for (var rest = part.Text().AsSpan(); !rest.IsEmpty;)
        {
            number++;
            var line = Line(ref rest);
            if (line.IsEmpty) continue;
            var after = After(line, out var word);
            var tag = After(after, out var digits);
            if (digits.IsEmpty || tag.Contains(' ') || Count(digits) is not { } count)
                throw Fault.BadTextLine(part.Name, number, line.ToString(), "a word, its count, and perhaps its part of speech, with one space between");
            dictionary.Set(word, count, tag);
        }
        return dictionary;
    }

    /// <summary>Another of the same words, and a user's: count and tag may be left out. Without a count a word gets the least with which it stays whole.</summary>
    /// <exception cref="FineTuneException">CannotRead; BadTextLine, with its number.</exception>
    public ChineseDictionary With(TextPart user)
    {
        var (more, number) = (new ChineseDictionary(this), 0);
        var segmenter = new ChineseSegmenter(more, characters: null);
        for (var rest = user.Text().AsSpan(); !rest.IsEmpty;)
        {
            number++;
            var line = Line(ref rest);
            if (line.IsEmpty) continue;
            var parts = UserWord().Match(line.ToString()).Groups;
            var count = parts["count"] is { Success: true, ValueSpan: var digits } ? Count(digits) ?? throw Fault.BadTextLine(user.Name, number, parts[0].Value, "a word whose count is a number below 2^63") : (long?)null;
            more.Add(parts["word"].Value, count, parts["tag"] is { Success: true, Value: var tag } ? tag : null, segmenter);
        }
        return more;
    }

    /// <summary>Count of a word; 0 where it is none.</summary>
    public long CountOf(ReadOnlySpan<char> word)
    {
        Trie.Find(word, out var value);
        return _counts[value];
    }

    /// <summary>Part of speech of a word; x where it is not known.</summary>
    public string TagOf(ReadOnlySpan<char> word) => Trie.Find(word, out _) is >= 0 and var node ? _tags[_tagOf[node]] : Unknown;

    void Add(string word, long? count, string? tag, ChineseSegmenter segmenter)
    {
        var given = count ?? Suggested(word, segmenter);
        Set(word, given, tag ?? TagOf(word));
        if (given == 0) Split.Add(word);
    }

    // The least count with which the word is as likely as its best division, and one more. The beginning of a word counts 0, as in jieba.
    long Suggested(string word, ChineseSegmenter segmenter)
    {
        var share = 1.0;
        var parts = new List<ChineseSegmenter.Span>();
        segmenter.Cut(word, parts);
        foreach (var part in parts) share *= (Trie.Find(word.AsSpan(part.From, part.Length), out var value) >= 0 ? _counts[value] : 1) / (double)Total;
        return Math.Max((long)(share * Total) + 1, CountOf(word));
    }

    void Set(ReadOnlySpan<char> word, long count, ReadOnlySpan<char> tag)
    {
        if (!_numbers.TryGetValue(count, out var number))
        {
            _numbers.Add(count, number = _counts.Count);
            _counts.Add(count);
            if (number == _logs.Length) Array.Resize(ref _logs, 2 * number);
            _logs[number] = Math.Log(count);
        }
        var node = Trie.Set(word, number);
        if (node >= _tagOf.Length) Array.Resize(ref _tagOf, Math.Max(2 * _tagOf.Length, node + 1));
        _tagOf[node] = NumberOf(tag);
        Total += count;
    }

    int NumberOf(ReadOnlySpan<char> tag)
    {
        if (tag.IsEmpty || tag.SequenceEqual(_tags[_lastTag])) return tag.IsEmpty ? 0 : _lastTag;
        var name = tag.ToString();
        if (!_tagNumbers.TryGetValue(name, out _lastTag))
        {
            _tagNumbers.Add(name, _lastTag = _tags.Count);
            _tags.Add(name);
        }
        return _lastTag;
    }

    // As jieba reads it: a word may have spaces, a count is digits, a tag small letters, and either may be left out.
    [GeneratedRegex(@"^(?<word>.+?)( (?<count>[0-9]+))?( (?<tag>[a-z]+))?$", RegexOptions.CultureInvariant)]
    private static partial Regex UserWord();

    static long? Count(ReadOnlySpan<char> text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null;

    // The next line without the space around it, which may be nothing.
    static ReadOnlySpan<char> Line(ref ReadOnlySpan<char> rest)
    {
        var end = rest.IndexOf('\n');
        var line = (end < 0 ? rest : rest[..end]).Trim();
        rest = end < 0 ? [] : rest[(end + 1)..];
        return line;
    }

    static ReadOnlySpan<char> After(ReadOnlySpan<char> line, out ReadOnlySpan<char> before)
    {
        var space = line.IndexOf(' ');
        before = space < 0 ? line : line[..space];
        return space < 0 ? [] : line[(space + 1)..];
    }
}

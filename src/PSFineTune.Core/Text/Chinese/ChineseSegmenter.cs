using System.Runtime.CompilerServices;

namespace PSFineTune.Text.Chinese;

/// <summary>
/// Divides Chinese text into words as jieba (https://github.com/fxsjy/jieba) defines it: by the most probable division into
/// words of a dictionary, and where single characters remain side by side, by a hidden Markov model of characters.
/// </summary>
/// <remarks>Dictionary and models may be shared by threads; this works in buffers of its own.</remarks>
/// <param name="dictionary">Words, their counts and their parts of speech.</param>
/// <param name="characters">For words that the dictionary lacks; null leaves their characters single.</param>
/// <param name="tagged">The same where parts of speech are asked for.</param>
/// <param name="withTags">Words have parts of speech.</param>
sealed class ChineseSegmenter(ChineseDictionary dictionary, CharacterModel? characters, TaggedCharacterModel? tagged = null, bool withTags = false)
{
    const string Number = "m", Latin = "eng";

    readonly bool _tags = withTags || tagged is not null;
    readonly bool _unknown = tagged is not null || (characters is not null && !withTags);
    readonly TaggedPath? _tagged = tagged is null ? null : new(tagged);
    readonly BestPath _path = new(dictionary);
    readonly List<int> _ends = [];
    readonly List<(int End, string Tag)> _words = [];

    /// <summary>The words of a text, all its characters in order.</summary>
    /// <param name="text">Any.</param>
    /// <param name="tokens">Added to: where each begins in the text, its length, and its part of speech where they are asked for.</param>
    public void Cut(string text, List<Span> tokens)
    {
        for (var from = 0; from < text.Length;)
        {
            var to = from;
            while (to < text.Length && IsWordCharacter(text[to])) to++;
            if (to > from) Block(text, from, to, tokens);
            else Between(text, from, to = EndOfRest(text, from), tokens);
            from = to;
        }
    }

    // Han, Latin, digits and the signs that hold numbers and names together; a percent sign and a hyphen do so only without tags.
    bool IsWordCharacter(char c) => Han.Is(c) || char.IsAsciiLetterOrDigit(c) || c is '+' or '#' or '&' or '.' or '_' || (!_tags && c is '%' or '-');

    int EndOfRest(string text, int from)
    {
        while (from < text.Length && !IsWordCharacter(text[from])) from++;
        return from;
    }

    // White space and signs, one by one; a line's two ends are one.
    void Between(string text, int from, int to, List<Span> tokens)
    {
        while (from < to)
        {
            var length = (text[from] == '\r' && from + 1 < to && text[from + 1] == '\n') || (char.IsHighSurrogate(text[from]) && from + 1 < to && char.IsLowSurrogate(text[from + 1])) ? 2 : 1;
            tokens.Add(new(from, length, _tags ? ChineseDictionary.Unknown : null));
            from += length;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Block(string text, int from, int to, List<Span> tokens)
    {
        var block = text.AsSpan(from, to - from);
        _path.Find(block);
        var single = 0;
        for (var place = 0; place < block.Length;)
        {
            var end = _path.EndOf(place);
            if (end - place > 1)
            {
                Singles(block[single..place], from + single, tokens);
                Add(block[place..end], from + place, tokens);
                single = end;
            }
            place = end;
        }
        Singles(block[single..], from + single, tokens);
    }

    // Characters that stand alone side by side may be words that the dictionary does not have.
    void Singles(ReadOnlySpan<char> run, int from, List<Span> tokens)
    {
        if (run.Length > 1 && _unknown && dictionary.CountOf(run) == 0) Unknown(run, from, tokens);
        else
            for (var (place, end) = (0, 0); place < run.Length; place = end)
            {
                end = place + 1;
                // Without a model Latin letters and digits stay together.
                if (!_unknown && char.IsAsciiLetterOrDigit(run[place]))
                {
                    while (end < run.Length && char.IsAsciiLetterOrDigit(run[end])) end++;
                    tokens.Add(new(from + place, end - place, _tags ? Latin : null));
                }
                else Add(run[place..end], from + place, tokens);
            }
    }

    void Add(ReadOnlySpan<char> word, int from, List<Span> tokens) => tokens.Add(new(from, word.Length, _tags ? dictionary.TagOf(word) : null));

    void Unknown(ReadOnlySpan<char> run, int from, List<Span> tokens)
    {
        for (var place = 0; place < run.Length;)
        {
            var end = place;
            while (end < run.Length && Han.Is(run[end])) end++;
            if (end > place) Unlisted(run[place..end], from + place, tokens);
            else
            {
                while (end < run.Length && !Han.Is(run[end])) end++;
                Rest(run[place..end], from + place, tokens);
            }
            place = end;
        }
    }

    void Unlisted(ReadOnlySpan<char> run, int from, List<Span> tokens)
    {
        var begin = 0;
        if (_tagged is not null)
        {
            _words.Clear();
            _tagged.Cut(run, _words);
            foreach (var (end, tag) in _words)
            {
                tokens.Add(new(from + begin, end - begin, tag));
                begin = end;
            }
            return;
        }
        _ends.Clear();
        characters!.Cut(run, _ends);
        foreach (var end in _ends)
        {
            if (dictionary.Split.Count > 0 && dictionary.Split.Contains(run[begin..end].ToString()))
                for (var i = begin; i < end; i++) tokens.Add(new(from + i, 1, null));
            else tokens.Add(new(from + begin, end - begin, null));
            begin = end;
        }
    }

    // Latin words and numbers whole, and what is between them.
    void Rest(ReadOnlySpan<char> run, int from, List<Span> tokens)
    {
        for (var place = 0; place < run.Length;)
        {
            var end = Latins(run, place);
            if (end == place)
                while (end < run.Length && Latins(run, end) == end) end++;
            tokens.Add(new(from + place, end - place, _tags ? TagOf(run[place..end]) : null));
            place = end;
        }
    }

    // Letters and digits, with decimals and a percent sign behind them; with tags a number is one with its points, letters and digits are another.
    int Latins(ReadOnlySpan<char> run, int place)
    {
        var end = place;
        if (_tags)
        {
            while (end < run.Length && (char.IsAsciiDigit(run[end]) || run[end] == '.')) end++;
            if (end > place) return end;
        }
        while (end < run.Length && char.IsAsciiLetterOrDigit(run[end])) end++;
        if (end == place || _tags) return end;
        if (end + 1 < run.Length && run[end] == '.' && char.IsAsciiDigit(run[end + 1]))
            for (end++; end < run.Length && char.IsAsciiDigit(run[end]); end++) { }
        return end < run.Length && run[end] == '%' ? end + 1 : end;
    }

    static string TagOf(ReadOnlySpan<char> part) => char.IsAsciiDigit(part[0]) || part[0] == '.' ? Number : char.IsAsciiLetter(part[0]) ? Latin : ChineseDictionary.Unknown;

    /// <summary>A word's place in its text.</summary>
    public readonly record struct Span(int From, int Length, string? Tag);
}

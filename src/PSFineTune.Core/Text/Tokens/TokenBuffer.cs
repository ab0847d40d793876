namespace PSFineTune.Text.Tokens;

/// <summary>The tokens of one text, in order; filled and read by one thread, text after text, without a string for each.</summary>
sealed class TokenBuffer
{
    readonly List<(int Begin, Token Place)> _tokens = [];
    char[] _characters = new char[256];
    int _used;

    public int Count => _tokens.Count;

    /// <summary>A token as a model sees it: lower-cased or stemmed where its tokenizer does so.</summary>
    public ReadOnlySpan<char> this[int index] => _characters.AsSpan(_tokens[index].Begin, (index + 1 < Count ? _tokens[index + 1].Begin : _used) - _tokens[index].Begin);

    /// <summary>Where a token stands in its text.</summary>
    public Token Place(int index) => _tokens[index].Place;

    /// <summary>Adds a token behind the others.</summary>
    /// <param name="term">What it counts as.</param>
    /// <param name="place">Where it stands.</param>
    public void Add(ReadOnlySpan<char> term, Token place)
    {
        if (_used + term.Length > _characters.Length) Array.Resize(ref _characters, Math.Max(2 * _characters.Length, _used + term.Length));
        term.CopyTo(_characters.AsSpan(_used));
        _tokens.Add((_used, place));
        _used += term.Length;
    }

    public void Clear()
    {
        _tokens.Clear();
        _used = 0;
    }
}

/// <summary>A token's place in its text.</summary>
/// <param name="From">First UTF-16 unit.</param>
/// <param name="Length">UTF-16 units.</param>
/// <param name="PartOfSpeech">As the dictionary's tags, such as n; null where none was asked for.</param>
readonly record struct Token(int From, int Length, string? PartOfSpeech = null);

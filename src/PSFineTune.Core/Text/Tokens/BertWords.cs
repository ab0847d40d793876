using System.Globalization;
using System.Text;

namespace PSFineTune.Text.Tokens;

/// <summary>
/// BERT's words, before they are taken apart into pieces: white space divides, control characters vanish, punctuation marks and
/// Chinese characters stand alone (github.com/google-research/bert, its basic tokenization). One thread uses it at a time.
/// </summary>
/// <param name="lowercase">Letters are made small and lose their accents.</param>
sealed class BertWords(bool lowercase)
{
    readonly List<char> _characters = [];
    readonly List<(int From, int Length)> _places = [], _words = [];
    char[] _text = [];

    /// <summary>The characters of the last text's words, one after the other.</summary>
    public ReadOnlyMemory<char> Characters => _text.AsMemory(0, _characters.Count);

    /// <summary>Where words stand among <see cref="Characters"/>; until the next text.</summary>
    public IReadOnlyList<(int From, int Length)> Split(string text)
    {
        _characters.Clear();
        _places.Clear();
        _words.Clear();
        var begin = 0;
        for (var at = 0; at < text.Length;)
        {
            var known = Rune.TryGetRuneAt(text, at, out var rune);
            var (from, length) = (at, known ? rune.Utf16SequenceLength : 1);
            at += length;
            if (!known || rune.Value is 0 or 0xFFFD || IsControl(rune)) continue;
            if (IsSpace(rune)) End(ref begin);
            else if (IsChinese(rune.Value)) Alone(lowercase ? string.Concat(Small(rune)) : rune.ToString(), from, length, ref begin);
            else if (lowercase) foreach (var part in Small(rune)) Add(part, from, length, ref begin);
            else Add(rune, from, length, ref begin);
        }
        End(ref begin);
        if (_text.Length < _characters.Count) _text = new char[2 * _characters.Count];
        _characters.CopyTo(_text);
        return _words;
    }

    /// <summary>Where some of <see cref="Characters"/> come from.</summary>
    public Token PlaceOf(int from, int end) => new(_places[from].From, _places[end - 1].From + _places[end - 1].Length - _places[from].From);

    void Add(Rune rune, int from, int length, ref int begin)
    {
        if (IsMark(rune)) Alone(rune.ToString(), from, length, ref begin);
        else Append(rune.ToString(), from, length);
    }

    void Alone(string characters, int from, int length, ref int begin)
    {
        End(ref begin);
        Append(characters, from, length);
        End(ref begin);
    }

    void Append(string characters, int from, int length)
    {
        foreach (var character in characters)
        {
            _characters.Add(character);
            _places.Add((from, length));
        }
    }

    void End(ref int begin)
    {
        if (_characters.Count > begin) _words.Add((begin, _characters.Count - begin));
        begin = _characters.Count;
    }

    static IEnumerable<Rune> Small(Rune rune) => Rune.ToLowerInvariant(rune) is { IsAscii: true } plain ? [plain] : PlainLetters.Of(rune.Value == 0x130 ? new('i') : Rune.ToLowerInvariant(rune));

    static bool IsSpace(Rune rune) => rune.Value is ' ' or '\t' or '\n' or '\r' || Rune.GetUnicodeCategory(rune) is UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    static bool IsControl(Rune rune) => rune.Value is not ('\t' or '\n' or '\r')
        && Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;

    // All of ASCII that is neither letter nor digit counts, such as $ and ^.
    static bool IsMark(Rune rune) => rune.Value is (>= 33 and <= 47) or (>= 58 and <= 64) or (>= 91 and <= 96) or (>= 123 and <= 126)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.ConnectorPunctuation or UnicodeCategory.DashPunctuation or UnicodeCategory.OpenPunctuation
            or UnicodeCategory.ClosePunctuation or UnicodeCategory.InitialQuotePunctuation or UnicodeCategory.FinalQuotePunctuation or UnicodeCategory.OtherPunctuation;

    static bool IsChinese(int value) => value is (>= 0x4E00 and <= 0x9FFF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x20000 and <= 0x2A6DF) or (>= 0x2A700 and <= 0x2B73F)
        or (>= 0x2B740 and <= 0x2B81F) or (>= 0x2B820 and <= 0x2CEAF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x2F800 and <= 0x2FA1F);
}

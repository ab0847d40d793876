using System.IO.Enumeration;
using PSFineTune.Packaging;
using PSFineTune.Text.Chinese;

namespace PSFineTune.Text.Tokens;

/// <summary>
/// Words of Chinese text as jieba (https://github.com/fxsjy/jieba) divides it: by a dictionary, and by a hidden Markov model
/// where it has no word.
/// </summary>
public sealed record ChineseTokens : TokenizerSpec
{
    /// <summary>jieba's folder, with dict.txt, finalseg and posseg, or another dictionary of its format with the tables beside it; "" for that of $env:PSFINETUNE_DICTIONARY. Full path.</summary>
    public string Dictionary { get; init; } = "";

    /// <summary>Words of one's own: a line a word, with its count and its part of speech behind it where wished. Full path; null for none.</summary>
    public string? UserDictionary { get; init; }

    /// <summary>Finds words that the dictionary lacks.</summary>
    public bool Hmm { get; init; } = true;

    /// <summary>Keeps the words of these parts of speech, wildcards such as n* for nouns; * keeps all and tells what each is. None for words alone, which jieba divides a little otherwise.</summary>
    public IReadOnlyList<string> PartOfSpeech { get; init => field = (value ?? []).ToIndexable(); } = [];

    /// <summary>Signs are tokens, as in jieba.</summary>
    public bool Punctuation { get; init; } = true;

    /// <summary>White space is a token, as in jieba: in headlines it parts phrases, and how often tells.</summary>
    public bool WhiteSpace { get; init; } = true;

    /// <summary>Words to leave out; upper and lower case are the same.</summary>
    public IReadOnlyList<string> StopWords { get; init => field = (value ?? []).ToIndexable(); } = [];

    public bool Equals(ChineseTokens? other) => other is not null && (Dictionary, UserDictionary, Hmm, Punctuation, WhiteSpace) == (other.Dictionary, other.UserDictionary, other.Hmm, other.Punctuation, other.WhiteSpace)
        && PartOfSpeech.SequenceEqual(other.PartOfSpeech) && StopWords.SequenceEqual(other.StopWords);

    public override int GetHashCode() => HashCode.Combine(Dictionary, UserDictionary, Hmm, Punctuation, PartOfSpeech.Count, StopWords.Count);

    internal override IEnumerable<(string Name, string Path)> Files => JiebaFiles.OnDisk(this);

    internal override TokenizerSpec Resolve(Func<string, string> full) =>
        this with { Dictionary = Dictionary.Length > 0 ? full(Dictionary) : "", UserDictionary = string.IsNullOrEmpty(UserDictionary) ? null : full(UserDictionary) };

    internal override Tokenizer Open(ModelParts parts)
    {
        var files = JiebaFiles.Of(this, parts);
        var tags = PartOfSpeech.Count > 0;
        return new Machine(this, new(files.Dictionary(), Hmm && !tags ? files.Characters() : null, Hmm && tags ? files.Tagged() : null, tags));
    }

    sealed class Machine(ChineseTokens spec, ChineseSegmenter segmenter) : Tokenizer
    {
        readonly HashSet<string> _stopWords = new(spec.StopWords, StringComparer.OrdinalIgnoreCase);
        readonly Dictionary<string, bool> _wanted = [];
        readonly List<ChineseSegmenter.Span> _words = [];

        public override void Tokenize(string text, TokenBuffer tokens)
        {
            _words.Clear();
            segmenter.Cut(text, _words);
            foreach (var (from, length, tag) in _words)
            {
                var word = text.AsSpan(from, length);
                if ((tag is not null && !Wanted(tag)) || (word.IsWhiteSpace() ? !spec.WhiteSpace : !spec.Punctuation && IsSign(word))) continue;
                if (_stopWords.Count > 0 && _stopWords.Contains(word.ToString())) continue;
                tokens.Add(word, new(from, length, tag));
            }
        }

        bool Wanted(string tag)
        {
            if (!_wanted.TryGetValue(tag, out var wanted)) _wanted.Add(tag, wanted = spec.PartOfSpeech.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, tag)));
            return wanted;
        }

        static bool IsSign(ReadOnlySpan<char> word)
        {
            foreach (var rune in word.EnumerateRunes())
                if (System.Text.Rune.IsLetterOrDigit(rune)) return false;
            return true;
        }
    }
}

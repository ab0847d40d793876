using Lucene.Net.Analysis.Standard;
using Lucene.Net.Analysis.TokenAttributes;
using Lucene.Net.Tartarus.Snowball;
using Lucene.Net.Util;
using PSFineTune.Packaging;
using PSFineTune.Text.Languages;

namespace PSFineTune.Text.Tokens;

/// <summary>
/// Words by the boundaries of Unicode (https://www.unicode.org/reports/tr29/, by Lucene.Net's StandardTokenizer): letters and
/// digits with what joins them, as in can't or 3.14; signs are left out, and a character of Chinese or of Hiragana stands alone.
/// </summary>
public sealed record WordTokens : TokenizerSpec
{
    /// <summary>ISO 639-1 code, such as en or de, whose stemmer and stop words are meant; "" for none.</summary>
    public string Language { get; init; } = "";

    /// <summary>Upper and lower case are the same.</summary>
    public bool Lowercase { get; init; } = true;

    /// <summary>Words become their stems by the language's Snowball stemmer (https://snowballstem.org): running and runs are run.</summary>
    public bool Stem { get; init; }

    /// <summary>Leaves out the language's most frequent words, such as the and of.</summary>
    public bool LanguageStopWords { get; init; }

    /// <summary>More words to leave out; upper and lower case are the same.</summary>
    public IReadOnlyList<string> StopWords { get; init => field = (value ?? []).ToIndexable(); } = [];

    public bool Equals(WordTokens? other) => other is not null && (Language, Lowercase, Stem, LanguageStopWords) == (other.Language, other.Lowercase, other.Stem, other.LanguageStopWords) && StopWords.SequenceEqual(other.StopWords);

    public override int GetHashCode() => HashCode.Combine(Language, Lowercase, Stem, LanguageStopWords, StopWords.Count);

    internal override void Validate()
    {
        var known = WordLanguage.All.Select(language => language.Code);
        if (Language.Length > 0 && (Language.Length is < 2 or > 3 || !Language.All(char.IsAsciiLetterLower))) throw Fault.Unknown("language", Language, known);
        if ((Stem || LanguageStopWords) && WordLanguage.Find(Language) is null)
            throw Fault.BadPlanSetting(nameof(Language), Language, $"{string.Join(", ", known)}, which have a stemmer and stop words");
    }

    internal override Tokenizer Open(ModelParts parts)
    {
        Validate();
        var language = WordLanguage.Find(Language);
        var stopWords = new HashSet<string>(StopWords, StringComparer.OrdinalIgnoreCase);
        if (LanguageStopWords) stopWords.UnionWith(language!.StopWords);
        return new Machine(Lowercase, Stem ? language!.NewStemmer() : null, stopWords);
    }

    sealed class Machine : Tokenizer
    {
        readonly StandardTokenizer _words = new(LuceneVersion.LUCENE_48, TextReader.Null) { MaxTokenLength = 1 << 20 };
        readonly ICharTermAttribute _term;
        readonly IOffsetAttribute _place;
        readonly bool _lowercase;
        readonly SnowballProgram? _stemmer;
        readonly HashSet<string> _stopWords;

        public Machine(bool lowercase, SnowballProgram? stemmer, HashSet<string> stopWords)
        {
            (_lowercase, _stemmer, _stopWords) = (lowercase, stemmer, stopWords);
            (_term, _place) = (_words.GetAttribute<ICharTermAttribute>(), _words.GetAttribute<IOffsetAttribute>());
        }

        public override void Tokenize(string text, TokenBuffer tokens)
        {
            // Character by character, so that places stay as they are.
            if (_lowercase) text = text.ToLowerInvariant();
            _words.SetReader(new StringReader(text));
            _words.Reset();
            while (_words.IncrementToken())
            {
                ReadOnlySpan<char> term = _term.Buffer.AsSpan(0, _term.Length);
                if (_stopWords.Count > 0 && _stopWords.Contains(term.ToString())) continue;
                tokens.Add(_stemmer is null ? term : Stemmed(term), new(_place.StartOffset, _place.EndOffset - _place.StartOffset));
            }
            _words.End();
            _words.Dispose();
        }

        ReadOnlySpan<char> Stemmed(ReadOnlySpan<char> term)
        {
            _stemmer!.SetCurrent(term.ToString());
            _stemmer.Stem();
            return _stemmer.CurrentBuffer.AsSpan(0, _stemmer.CurrentBufferLength);
        }
    }
}

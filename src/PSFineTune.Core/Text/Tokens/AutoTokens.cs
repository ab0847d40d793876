using PSFineTune.Packaging;
using PSFineTune.Text.Chinese;
using PSFineTune.Text.Languages;

namespace PSFineTune.Text.Tokens;

/// <summary>Words by the language that each text is found to be in: Chinese ones by a dictionary, the others by Unicode's boundaries with their own stemmer and stop words.</summary>
public sealed record AutoTokens : TokenizerSpec
{
    /// <summary>For texts that are not Chinese; its Language is the one that is found, and one without a stemmer is left unstemmed.</summary>
    public WordTokens Words { get; init; } = new();

    /// <summary>For Chinese texts; where parts of speech are asked for, for all. A model that carries no dictionary takes Chinese texts apart by characters.</summary>
    public ChineseTokens Chinese { get; init; } = new();

    internal override IEnumerable<(string Name, string Path)> Files => Chinese.Files;

    internal override TokenizerSpec Resolve(Func<string, string> full) => this with { Chinese = (ChineseTokens)Chinese.Resolve(full) };

    internal override void Validate()
    {
        (Words with { Language = TextLanguage.English }).Validate();
        Chinese.Validate();
    }

    internal override Tokenizer Open(ModelParts parts) => new Machine(this, parts);

    /// <summary>The tokenizer of one language; this one for "".</summary>
    /// <param name="language">Code such as en or zh, perhaps with a region behind it.</param>
    /// <exception cref="FineTuneException">NoPartsOfSpeech.</exception>
    internal TokenizerSpec For(string language)
    {
        var code = language.Split('-', '_')[0].ToLowerInvariant();
        if (code is TextLanguage.Chinese) return Chinese;
        if (code.Length > 0 && Chinese.PartOfSpeech.Count > 0) throw Fault.NoPartsOfSpeech(language);
        return code.Length > 0 ? Words with { Language = code } : this;
    }

    sealed class Machine(AutoTokens spec, ModelParts parts) : Tokenizer
    {
        readonly Dictionary<string, Tokenizer> _tokenizers = [];
        readonly bool _anyLanguage = !spec.Words.Stem && !spec.Words.LanguageStopWords;
        readonly bool _noDictionary = parts.All.Count > 0 && !JiebaFiles.AreIn(parts);

        public override void Tokenize(string text, TokenBuffer tokens)
        {
            var language = spec.Chinese.PartOfSpeech.Count > 0 ? TextLanguage.Chinese : !_anyLanguage ? TextLanguage.Of(text) : TextLanguage.IsChinese(text) ? TextLanguage.Chinese : "";
            if (!_tokenizers.TryGetValue(language, out var tokenizer)) _tokenizers.Add(language, tokenizer = Open(language));
            tokenizer.Tokenize(text, tokens);
        }

        Tokenizer Open(string language) =>
            language is TextLanguage.Chinese && !_noDictionary ? spec.Chinese.Open(parts)
            : WordLanguage.Find(language) is not null ? (spec.Words with { Language = language }).Open(parts)
            : (spec.Words with { Language = "", Stem = false, LanguageStopWords = false }).Open(parts);
    }
}

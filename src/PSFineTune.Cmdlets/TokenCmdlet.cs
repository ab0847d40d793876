using System.Management.Automation;
using PSFineTune.Text.Tokens;

namespace PSFineTune.Cmdlets;

/// <summary>How texts are taken apart, as parameters.</summary>
public abstract class TokenCmdlet : FineTuneCmdlet
{
    private protected const string ByLanguage = "Language", ByTokens = "Tokens";

    static readonly string[] s_parameters =
        [nameof(Language), nameof(Stem), nameof(CaseSensitive), nameof(LanguageStopWord), nameof(StopWord), nameof(PartOfSpeech), nameof(Dictionary), nameof(UserDictionary), nameof(Tokens)];

    /// <summary>ISO 639-1 code of the language, such as en, de or zh; without it, it is found from each text.</summary>
    [Parameter(ParameterSetName = ByLanguage), ArgumentCompleter(typeof(LanguageNames))]
    public string Language { get; set; } = "";

    /// <summary>Words become their stems: running and runs are run. Not for Chinese.</summary>
    [Parameter(ParameterSetName = ByLanguage)]
    public SwitchParameter Stem { get; set; }

    /// <summary>Words keep their capital letters.</summary>
    [Parameter(ParameterSetName = ByLanguage)]
    public SwitchParameter CaseSensitive { get; set; }

    /// <summary>Leaves out the language's most frequent words, such as the and of. Not for Chinese.</summary>
    [Parameter(ParameterSetName = ByLanguage)]
    public SwitchParameter LanguageStopWord { get; set; }

    /// <summary>Words to leave out; upper and lower case are the same.</summary>
    [Parameter(ParameterSetName = ByLanguage)]
    public string[] StopWord { get; set; } = [];

    /// <summary>Keeps the Chinese words of these parts of speech, jieba's tags; n* keeps nouns, * keeps all and tells what each is. All texts are then taken for Chinese.</summary>
    [Parameter(ParameterSetName = ByLanguage), SupportsWildcards]
    public string[] PartOfSpeech { get; set; } = [];

    /// <summary>jieba's folder, with dict.txt, finalseg and posseg, or another dictionary in the format of dict.txt with the tables beside it; the default is $env:PSFINETUNE_DICTIONARY.</summary>
    [Parameter(ParameterSetName = ByLanguage)]
    public string? Dictionary { get; set; }

    /// <summary>A file of Chinese words of your own: a line a word, with its count and its part of speech behind it where you wish.</summary>
    [Parameter(ParameterSetName = ByLanguage)]
    public string? UserDictionary { get; set; }

    /// <summary>Any tokenizer, by name or as a hashtable of settings: PatternTokens, CharacterTokens, @{ ChineseTokens = @{ Hmm = $false } }.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByTokens), ToCatalogItem<TokenizerSpec>, ArgumentCompleter(typeof(CatalogNames<TokenizerSpec>))]
    public TokenizerSpec? Tokens { get; set; }

    /// <summary>Whether anything says how texts are taken apart.</summary>
    private protected bool AsksForTokens => s_parameters.Any(MyInvocation.BoundParameters.ContainsKey);

    /// <summary>Whether white space of Chinese texts is a token.</summary>
    private protected virtual bool WhiteSpace => true;

    /// <summary>The tokenizer that the parameters ask for, checked, with full paths.</summary>
    private protected TokenizerSpec Spec()
    {
        var spec = Tokens ?? new AutoTokens
        {
            Words = new() { Lowercase = !CaseSensitive, Stem = Stem, LanguageStopWords = LanguageStopWord, StopWords = StopWord },
            Chinese = new() { Dictionary = Dictionary ?? "", UserDictionary = UserDictionary, PartOfSpeech = PartOfSpeech, StopWords = StopWord, WhiteSpace = WhiteSpace },
        }.For(Language);
        spec = spec.Resolve(GetUnresolvedProviderPathFromPSPath);
        spec.Validate();
        return spec;
    }
}

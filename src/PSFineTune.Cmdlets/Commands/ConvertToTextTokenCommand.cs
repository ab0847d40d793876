using System.Management.Automation;
using PSFineTune.Packaging;
using PSFineTune.Text;
using PSFineTune.Text.Tokens;

namespace PSFineTune.Cmdlets;

/// <summary>Takes texts apart into words, by their language.</summary>
/// <remarks>
/// English and other languages are divided by Unicode's word boundaries; Chinese by a dictionary and a hidden Markov model, as
/// jieba does, whose dictionary is not part of the module: copy the folder jieba of https://github.com/fxsjy/jieba (MIT licence)
/// to this machine once, and name it with -Dictionary or in $env:PSFINETUNE_DICTIONARY. Its tags are its parts of speech: n nouns,
/// nr persons, ns places, v verbs, a adjectives, m numbers, eng Latin words, x what is not known.
/// </remarks>
/// <example>
/// <code>'The cats were running.' | ConvertTo-TextToken -Stem -LanguageStopWord</code>
/// cat and run, each with its place in the text.
/// </example>
/// <example>
/// <code>Get-Content ./notes.txt | ConvertTo-TextToken | Group-Object Text -NoElement | Sort-Object Count -Descending</code>
/// How often each word occurs.
/// </example>
/// <example>
/// <code>'我们每天重新训练分类器' | ConvertTo-TextToken -PartOfSpeech n* -Dictionary ./jieba</code>
/// The nouns of a Chinese text.
/// </example>
/// <example>
/// <code>Get-Content ./notes.txt | ConvertTo-TextToken -AsString | Set-Content ./words.txt</code>
/// A line a text, with a space between words.
/// </example>
[Cmdlet(VerbsData.ConvertTo, "TextToken", DefaultParameterSetName = ByLanguage), OutputType(typeof(TextToken), typeof(string))]
public sealed class ConvertToTextTokenCommand : TokenCmdlet
{
    /// <summary>A text, or an object with a property Text.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true), AllowEmptyString]
    public string Text { get; set; } = "";

    /// <summary>Writes a string for each text, its tokens with a space between, in place of an object for each token.</summary>
    [Parameter]
    public SwitchParameter AsString { get; set; }

    // Of no use to a person who looks at words.
    private protected override bool WhiteSpace => false;

    Tokenizer _tokenizer = null!;
    int _source;

    protected override void Begin() => _tokenizer = Spec().Open(ModelParts.None);

    protected override void Process()
    {
        var tokens = TextToken.All(_tokenizer, Text, _source++);
        if (AsString) WriteObject(string.Join(' ', tokens.Select(token => token.Text)));
        else WriteObject(tokens, enumerateCollection: true);
    }
}

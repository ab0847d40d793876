using System.Management.Automation;
using PSFineTune.Text;
using PSFineTune.Text.Tokens;

namespace PSFineTune.Cmdlets;

/// <summary>Makes a text pipeline: how texts are taken apart, which terms count, and what they count.</summary>
/// <remarks>To texts what New-AugmentPipeline is to images: a value that goes into the plan and, with what it learns from the training texts, into the package. Machines (LinearSvm, Svm) take terms, weightings and selectors; networks (TextCnn, BiLstm, Bert) take tokens and MaxLength. Without -Language and -Tokens the training texts tell whether words are found by spaces or by a Chinese dictionary, one way for all of them.</remarks>
/// <example>
/// <code>$words = New-TextPipeline -Language en -Stem -NGram 1, 2 -MinDocuments 2 -Weighting @{ TfIdf = @{ Sublinear = $true } }</code>
/// Stems and pairs of them, weighed by how rare they are.
/// </example>
/// <example>
/// <code>$texts | Invoke-FineTune LinearSvm -TextPipeline (New-TextPipeline -Selector ChiSquare -K 500)</code>
/// The 500 words that tell most.
/// </example>
/// <example>
/// <code>$letters = New-TextPipeline -Tokens @{ CharacterTokens = @{ MinLength = 2; MaxLength = 4; WithinWords = $true } } -HashBits 18</code>
/// Runs of letters, for misspelt texts, in bounded memory.
/// </example>
[Cmdlet(VerbsCommon.New, "TextPipeline", DefaultParameterSetName = ByLanguage), OutputType(typeof(TextPipeline))]
public sealed class NewTextPipelineCommand : TermCmdlet
{
    /// <summary>The pipeline to change; it is left as it was.</summary>
    [Parameter(ValueFromPipeline = true), ToTextPipeline]
    public TextPipeline? InputObject { get; set; }

    protected override void Process()
    {
        var pipeline = WithTerms(InputObject ?? new() { Tokens = new AutoTokens() });
        if (AsksForTokens) pipeline = pipeline with { Tokens = Spec() };
        pipeline.Validate();
        WriteObject(pipeline);
    }
}

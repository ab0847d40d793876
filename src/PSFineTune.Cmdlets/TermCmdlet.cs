using System.Management.Automation;
using PSFineTune.Text;
using PSFineTune.Text.Selection;
using PSFineTune.Text.Weighting;

namespace PSFineTune.Cmdlets;

/// <summary>Which terms of texts count and what, as parameters.</summary>
public abstract class TermCmdlet : TokenCmdlet
{
    /// <summary>Tokens of a term: a number, or the least and the most, as 1, 2 for words and pairs of them.</summary>
    [Parameter, ValidateCount(1, 2)]
    public int[]? NGram { get; set; }

    /// <summary>Terms of fewer training texts are left out.</summary>
    [Parameter]
    public int? MinDocuments { get; set; }

    /// <summary>Terms of a larger share of the training texts are left out, above 0 to 1.</summary>
    [Parameter]
    public double? MaxDocumentShare { get; set; }

    /// <summary>Most terms that are kept, the most frequent; 0 for all.</summary>
    [Parameter]
    public int? VocabularySize { get; set; }

    /// <summary>A UTF-8 file of the terms that count, one a line; without it those of the training texts.</summary>
    [Parameter]
    public string? Vocabulary { get; set; }

    /// <summary>Number terms by a hash of so many bits, 8 to 26, in place of a vocabulary: bounded memory.</summary>
    [Parameter]
    public int? HashBits { get; set; }

    /// <summary>What a term counts in a text: TfIdf, Counts or Binary, by name or as @{ TfIdf = @{ Sublinear = $true } }.</summary>
    [Parameter, ToCatalogItem<WeightingSpec>, ArgumentCompleter(typeof(CatalogNames<WeightingSpec>))]
    public WeightingSpec? Weighting { get; set; }

    /// <summary>How the terms that tell most of the classes are chosen: DocumentFrequency, ChiSquare, ChiSquareCounts, MutualInformation or InformationGain; see Select-TextFeature.</summary>
    [Parameter, ToCatalogItem<TermScorer>, ArgumentCompleter(typeof(CatalogNames<TermScorer>))]
    public TermScorer? Selector { get; set; }

    /// <summary>How many terms the selector keeps.</summary>
    [Parameter]
    public int? K { get; set; }

    /// <summary>Tokens of a text that a network is given at most; the rest is cut off.</summary>
    [Parameter]
    public int? MaxLength { get; set; }

    /// <summary>The pipeline with what was given.</summary>
    private protected TextPipeline WithTerms(TextPipeline pipeline) => pipeline with
    {
        MinNGram = NGram?[0] ?? pipeline.MinNGram,
        MaxNGram = NGram?[^1] ?? pipeline.MaxNGram,
        MinDocuments = MinDocuments ?? pipeline.MinDocuments,
        MaxDocumentShare = MaxDocumentShare ?? pipeline.MaxDocumentShare,
        VocabularySize = VocabularySize ?? pipeline.VocabularySize,
        Vocabulary = Vocabulary is null ? pipeline.Vocabulary : GetUnresolvedProviderPathFromPSPath(Vocabulary),
        HashBits = HashBits ?? pipeline.HashBits,
        Weighting = Weighting ?? pipeline.Weighting,
        Selector = Selector ?? pipeline.Selector,
        K = K ?? pipeline.K,
        MaxLength = MaxLength ?? pipeline.MaxLength,
    };
}

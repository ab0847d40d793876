using System.Management.Automation;
using PSFineTune.Data;
using PSFineTune.Packaging;
using PSFineTune.Text;
using PSFineTune.Text.Selection;
using PSFineTune.Text.Terms;
using PSFineTune.Text.Tokens;

namespace PSFineTune.Cmdlets;

/// <summary>Ranks the terms of labelled texts by how much they tell of the classes, and gives the best.</summary>
/// <remarks>Scores are learned from the training split only. With N training texts, of which A have the term and the class, B the term but not the class, C the class but not the term, and D neither: DocumentFrequency is A + B. ChiSquare is N (AD - CB)^2 / ((A + C) (B + D) (A + B) (C + D)), MutualInformation ln(A N / ((A + C) (A + B))) as Pointwise or its mean over the four cells as Average, each for every class and then combined by Maximum or WeightedMean. InformationGain is by how many nats knowing the term lessens the entropy of the class. ChiSquareCounts is the sum over the classes of (observed - expected)^2 / expected of the term's count, as scikit-learn's chi2. Sources: Yang and Pedersen 1997, A comparative study on feature selection in text categorization; Manning, Raghavan and Schuetze 2008, Introduction to Information Retrieval, 13.5. To train with the best terms, give Selector and K to New-TextPipeline.</remarks>
/// <example>
/// <code>$texts | Select-TextFeature ChiSquare -K 20</code>
/// The twenty terms that tell most.
/// </example>
/// <example>
/// <code>$texts | Select-TextFeature @{ MutualInformation = @{ Form = 'Pointwise' } } -K 100 | Where-Object Documents -ge 3</code>
/// The pointwise form likes rare terms: these are no accidents.
/// </example>
/// <example>
/// <code>$texts | Select-TextFeature InformationGain | Export-Csv terms.csv</code>
/// A thousand terms as a table.
/// </example>
[Cmdlet(VerbsCommon.Select, "TextFeature"), OutputType(typeof(TermScore))]
public sealed class SelectTextFeatureCommand : FineTuneCmdlet
{
    /// <summary>DocumentFrequency, ChiSquare, ChiSquareCounts, MutualInformation or InformationGain, by name or as @{ Name = @{ Setting = value } }.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ToCatalogItem<TermScorer>, ArgumentCompleter(typeof(CatalogNames<TermScorer>))]
    public TermScorer Selector { get; set; } = null!;

    /// <summary>The labelled texts, from Import-TextDataset.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public TextDataset Dataset { get; set; } = null!;

    /// <summary>How many terms; 0 for all.</summary>
    [Parameter, ValidateRange(0, int.MaxValue)]
    public int K { get; set; } = 1000;

    /// <summary>What a term is, from New-TextPipeline; the language's words without it.</summary>
    [Parameter, ToTextPipeline]
    public TextPipeline TextPipeline { get; set; } = new() { Tokens = new AutoTokens() };

    protected override void Process()
    {
        TextPipeline.Validate();
        var words = TextPipeline.For(Dataset);
        var census = TermCensus.Of(Dataset, Dataset.RowsOf(Split.Train), words, byClass: true, ModelParts.None, Cancelled);
        var scores = TermChoice.Scores(census, words, Selector, Dataset.Classes);
        WriteObject(K == 0 ? scores : scores.Take(K), enumerateCollection: true);
    }
}

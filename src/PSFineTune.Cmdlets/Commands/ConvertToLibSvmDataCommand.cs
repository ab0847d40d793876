using System.Management.Automation;
using PSFineTune.Data;
using PSFineTune.Text;
using PSFineTune.Text.Tokens;

namespace PSFineTune.Cmdlets;

/// <summary>Makes sparse numbers of labelled texts, as a machine is given them.</summary>
/// <remarks>Terms are learned from the training split by -TextPipeline, or are those of a trained model. A label is the place of its class in Classes, from 0; a column is the place of its term, from 1 in the file.</remarks>
/// <example>
/// <code>$texts | ConvertTo-LibSvmData -TextPipeline (New-TextPipeline -Weighting Binary) | Export-LibSvmData ./words.train</code>
/// The training texts for svm-train.
/// </example>
/// <example>
/// <code>$texts | ConvertTo-LibSvmData -Model $machine -Split Validation | Export-LibSvmData ./words.test</code>
/// The validation texts by the terms of a model, for svm-predict.
/// </example>
/// <example>
/// <code>($texts | ConvertTo-LibSvmData -Split Validation).LabelCounts</code>
/// How many texts of each class validate, by its place in Classes.
/// </example>
[Cmdlet(VerbsData.ConvertTo, "LibSvmData", DefaultParameterSetName = "TextPipeline"), OutputType(typeof(SparseDataset))]
public sealed class ConvertToLibSvmDataCommand : TrainedCmdlet
{
    /// <summary>The labelled texts, from Import-TextDataset.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public TextDataset Dataset { get; set; } = null!;

    /// <summary>Which samples: Train, Validation or Test.</summary>
    [Parameter]
    public Split Split { get; set; }

    /// <summary>What a term is and what it counts, from New-TextPipeline.</summary>
    [Parameter(ParameterSetName = "TextPipeline"), ToTextPipeline]
    public TextPipeline TextPipeline { get; set; } = new() { Tokens = new AutoTokens() };

    /// <summary>A run, a run's id, a package or its path, or store:name, of LinearSvm or Svm, whose terms count.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Model")]
    public object? Model { get; set; }

    protected override void Process() => WriteObject(Model is null
        ? SparseDataset.Of(Dataset, Split, TextPipeline, Cancelled)
        : SparseDataset.Of(Dataset, Split, Open(Model).Terms(), Cancelled));
}

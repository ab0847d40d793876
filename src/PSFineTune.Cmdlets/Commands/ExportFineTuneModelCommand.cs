using System.Management.Automation;

namespace PSFineTune.Cmdlets;

/// <summary>Writes a trained model as one .psft file: weights, classes, preprocessing, plan, metrics and hashes.</summary>
/// <remarks>The same run makes the same bytes. The file is written beside and renamed, so a reader never sees half of it.</remarks>
/// <example>
/// <code>$run | Export-FineTuneModel ./clothing.psft</code>
/// A package of a run's final weights.
/// </example>
/// <example>
/// <code>$run | Export-FineTuneModel ./furniture.psft -LabelData ./shop.csv</code>
/// With a csv of label and any columns, such as a link and a price, which come back with every prediction.
/// </example>
/// <example>
/// <code>Get-FineTuneRun -First 1 | Export-FineTuneModel ./latest.psft -Force -PassThru | Get-FileHash</code>
/// The newest run over an older file, with its hash for the release notes.
/// </example>
[Cmdlet(VerbsData.Export, "FineTuneModel", SupportsShouldProcess = true), OutputType(typeof(FileInfo))]
public sealed class ExportFineTuneModelCommand : ModelExportCmdlet
{
    /// <summary>A csv with a label column and any others; one row for each class.</summary>
    [Parameter]
    public string? LabelData { get; set; }

    private protected override string Action => "Export model";

    private protected override void Write(string path) => Trained.Export(path, LabelData is null ? null : GetUnresolvedProviderPathFromPSPath(LabelData));
}

using System.Management.Automation;
using PSFineTune.Packaging;

namespace PSFineTune.Cmdlets;

/// <summary>Writes a trained model as one .psft file: weights, classes, preprocessing, plan, metrics and hashes, and signed if you like.</summary>
/// <remarks>The same run makes the same bytes, but for the signature, which holds the time. A package that is exported again keeps its temperature, and loses its signature. The file is written beside and renamed, so a reader never sees half of it. A few validation samples travel along as probes: see -ProbeCount.</remarks>
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
/// <example>
/// <code>$run | Export-FineTuneModel ./calibrated.psft -Calibrate</code>
/// With probabilities that say how often the model is right: a temperature fitted on the validation samples.
/// </example>
/// <example>
/// <code>$run | Export-FineTuneModel ./signed.psft -Certificate ./signer.pem -ExpiresAfter (Get-Date).AddDays(90) -ProbeCount 0</code>
/// Signed, to be used for ninety days, and without samples of the data.
/// </example>
/// <example>
/// <code>$adapted | Export-FineTuneModel ./adapter.psft -AdapterOnly</code>
/// What a run with -Lora learned, without the pretrained weights, which are on every machine already.
/// </example>
[Cmdlet(VerbsData.Export, "FineTuneModel", SupportsShouldProcess = true), OutputType(typeof(FileInfo))]
public sealed class ExportFineTuneModelCommand : PackageExportCmdlet
{
    /// <summary>A csv with a label column and any others; one row for each class.</summary>
    [Parameter]
    public string? LabelData { get; set; }

    private protected override string Action => "Export model";

    /// <summary>Fit a temperature (Guo et al. 2017) on the model's own validation samples and store it in the package: Invoke-Prediction and Measure-FineTuneModel apply it from then on. No class is chosen otherwise for it. The last one replaces those before.</summary>
    [Parameter]
    public SwitchParameter Calibrate { get; set; }

    /// <summary>Of a run with -Lora: write only the narrow matrices and the output layer, a megabyte or two, and the name and SHA-256 of the weights that they are added to. Whoever uses the package needs that file.</summary>
    [Parameter]
    public SwitchParameter AdapterOnly { get; set; }

    private protected override void Write(TrainedModel trained, string path)
    {
        var labels = FullPath(LabelData);
        if (labels is not null) RefuseOver(path, [labels]);
        Export(Calibrate ? Calibrated(trained) : trained, path, labels, AdapterOnly);
    }
}

using System.Globalization;
using System.Management.Automation;
using PSFineTune.Packaging;

namespace PSFineTune.Cmdlets;

/// <summary>Writes a trained model as one .psft file: weights, classes, preprocessing, plan, metrics and hashes.</summary>
/// <remarks>The same run makes the same bytes. A package that is exported again keeps its temperature. The file is written beside and renamed, so a reader never sees half of it.</remarks>
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
[Cmdlet(VerbsData.Export, "FineTuneModel", SupportsShouldProcess = true), OutputType(typeof(FileInfo))]
public sealed class ExportFineTuneModelCommand : ModelExportCmdlet
{
    /// <summary>A csv with a label column and any others; one row for each class.</summary>
    [Parameter]
    public string? LabelData { get; set; }

    private protected override string Action => "Export model";

    /// <summary>Fit a temperature (Guo et al. 2017) on the model's own validation samples and store it in the package: Invoke-Prediction and Measure-FineTuneModel apply it from then on. No class is chosen otherwise for it. The last one replaces those before.</summary>
    [Parameter]
    public SwitchParameter Calibrate { get; set; }

    private protected override void Write(string path) =>
        (Calibrate ? Calibrated(Trained) : Trained).Export(path, LabelData is null ? null : GetUnresolvedProviderPathFromPSPath(LabelData));

    TrainedModel Calibrated(TrainedModel trained)
    {
        var own = trained.ValidationData(WorkspacePath(Workspace), new ShownProgress(this), Cancelled);
        if (trained.IsOtherThanLearned(own)) WriteWarning(JudgedData.Changed(own));
        foreach (var (done, count, temperature) in Calibration.Of(trained, own, Cancelled))
            if (temperature is { } found) trained = trained.At(found);
            else WriteProgress(new(8142, "Calibrating", $"{done} of {count}") { PercentComplete = (int)(100L * done / count) });
        if (Calibration.Doubt(trained.Described.Temperature, own) is { } doubt) WriteWarning(doubt);
        WriteVerbose(string.Create(CultureInfo.InvariantCulture, $"Temperature {trained.Described.Temperature:0.000}."));
        return trained;
    }
}

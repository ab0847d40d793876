using System.Management.Automation;
using PSFineTune.Data;
using PSFineTune.Metrics;
using PSFineTune.Packaging;

namespace PSFineTune.Cmdlets;

/// <summary>Judges a model on labelled samples: accuracy, macro-F1, log loss, calibration, each class, confusion and the worst mistakes.</summary>
/// <remarks>Images are read exactly as Invoke-Prediction reads them. Without -Dataset the model is judged on the data its plan names, as they are now.</remarks>
/// <example>
/// <code>$run | Measure-FineTuneModel -Split Test</code>
/// A run on the test samples of its own data.
/// </example>
/// <example>
/// <code>(Measure-FineTuneModel ./clothing.psft -Dataset (Import-ImageDataset ./new)).PerClass | Sort-Object F1</code>
/// A package on other data, the weakest class first.
/// </example>
/// <example>
/// <code>($run | Measure-FineTuneModel).TopLoss | Show-ImageGrid -Path worst.png</code>
/// The samples it is most wrong about, as a picture.
/// </example>
[Cmdlet(VerbsDiagnostic.Measure, "FineTuneModel"), OutputType(typeof(Evaluation))]
public sealed class MeasureFineTuneModelCommand : FineTuneCmdlet
{
    /// <summary>A run, a run's id, or a package or its path.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    public object Model { get; set; } = null!;

    /// <summary>The samples, from Import-ImageDataset; a run's own without it.</summary>
    [Parameter]
    public Dataset? Dataset { get; set; }

    /// <summary>Which of the dataset's samples.</summary>
    [Parameter]
    public Split Split { get; set; } = Split.Validation;

    /// <summary>How many of the worst mistakes TopLoss lists.</summary>
    [Parameter, ValidateRange(0, 1000)]
    public int Top { get; set; } = 9;

    /// <summary>Folder of runs; the default is $env:PSFINETUNE_WORKSPACE, else a PSFineTune folder in the user's data directory.</summary>
    [Parameter]
    public string? Workspace { get; set; }

    protected override void Process()
    {
        var workspace = WorkspacePath(Workspace);
        var trained = TrainedModel.From(Given(Model), workspace);
        var data = Dataset ?? trained.OwnData(workspace, Cancelled);
        foreach (var (done, evaluation) in Judgement.Of(trained, data, Split, Top, Cancelled))
            if (evaluation is null) WriteProgress(new(8142, "Measuring", $"{done} samples") { PercentComplete = 100 * done / Judgement.Count(data, Split) });
            else WriteObject(evaluation);
    }
}

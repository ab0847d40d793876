using System.Management.Automation;
using PSFineTune.Data;
using PSFineTune.Metrics;
using PSFineTune.Packaging;

namespace PSFineTune.Cmdlets;

/// <summary>Judges a model on labelled samples: accuracy, macro-F1, log loss, calibration, each class, confusion and the worst mistakes.</summary>
/// <remarks>Images are read exactly as Invoke-Prediction reads them. Without -Dataset and -Path the model is judged on the data its plan names, as they are now.</remarks>
/// <example>
/// <code>$run | Measure-FineTuneModel -Split Test</code>
/// A run on the test samples of its own data.
/// </example>
/// <example>
/// <code>(Measure-FineTuneModel ./clothing.psft -Path ./new).PerClass | Sort-Object F1</code>
/// A package on a folder of other pictures, the weakest class first.
/// </example>
/// <example>
/// <code>($run | Measure-FineTuneModel).TopLoss | Show-ImageGrid -Path worst.png</code>
/// The samples it is most wrong about, as a picture.
/// </example>
[Cmdlet(VerbsDiagnostic.Measure, "FineTuneModel"), OutputType(typeof(Evaluation))]
public sealed class MeasureFineTuneModelCommand : TrainedCmdlet
{
    /// <summary>A run, a run's id, or a package or its path.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    public object Model { get; set; } = null!;

    /// <summary>The samples, from Import-ImageDataset; a run's own without it and without -Path.</summary>
    [Parameter]
    public Dataset? Dataset { get; set; }

    /// <summary>A folder with one folder of images for each class, all of which are judged; of one with train, validation and test folders, test.</summary>
    [Parameter]
    public string? Path { get; set; }

    /// <summary>Which samples: Train, Validation or Test. The default is Validation of a dataset and Test of a path.</summary>
    [Parameter]
    public Split? Split { get; set; }

    /// <summary>How many of the worst mistakes TopLoss lists.</summary>
    [Parameter, ValidateRange(0, 1000)]
    public int Top { get; set; } = 9;

    /// <summary>Average over several views of an image: 2 for it and its mirror image, a pipeline for it and four draws of that, more than 2 for it and draws of the pipeline the model was trained with, or @{ Views = 8; Augment = pipeline }.</summary>
    [Parameter, ToTestTimeAugmentation]
    public TestTimeAugmentation? TestTimeAugmentation { get; set; }

    protected override void Process()
    {
        var (workspace, folder) = (WorkspacePath(Workspace), Path is null ? null : GetUnresolvedProviderPathFromPSPath(Path));
        var trained = Open(Model).Seeing(TestTimeAugmentation);
        var judged = JudgedData.For(trained, Dataset, folder, Split, workspace, new ShownProgress(this), Cancelled);
        if (judged.Warning is { } warning) WriteWarning(warning);
        foreach (var (done, count, evaluation) in Judgement.Of(trained, judged, Top, Cancelled))
            if (evaluation is null) WriteProgress(new(8142, "Measuring", $"{done} of {count}") { PercentComplete = (int)(100L * done / count) });
            else WriteObject(evaluation);
    }
}

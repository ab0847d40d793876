using System.Management.Automation;
using PSFineTune.Metrics;

namespace PSFineTune.Cmdlets;

/// <summary>Judges a model on labelled samples: accuracy and macro-F1 with their intervals, log loss, calibration, each class, what is taken for what, slices by metadata and the worst mistakes.</summary>
/// <remarks>Images and texts are read exactly as Invoke-Prediction reads them. Without -Dataset and -Path the model is judged on the data its plan names, as they are now. Numbers are scikit-learn's; the page judging.md of the module says what they mean.</remarks>
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
/// <example>
/// <code>($run | Measure-FineTuneModel).MostConfused | Select-Object -First 1 -ExpandProperty Examples</code>
/// The pair of classes that is confused most, by the samples that the model is surest of.
/// </example>
/// <example>
/// <code>($machine | Measure-FineTuneModel -Path ./sites.csv -SliceBy site).Slices | Sort-Object Accuracy</code>
/// Tickets of each site by themselves, the weakest site first.
/// </example>
/// <example>
/// <code>$run | Measure-FineTuneModel -Split Test -Calibrate | Select-Object Temperature, LogLoss, CalibrationError</code>
/// How well its probabilities would be calibrated by a temperature fitted on the validation samples.
/// </example>
[Cmdlet(VerbsDiagnostic.Measure, "FineTuneModel"), OutputType(typeof(Evaluation))]
public sealed class MeasureFineTuneModelCommand : JudgingCmdlet
{
    /// <summary>A run, a run's id, a package or its path, or store:name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    public object Model { get; set; } = null!;

    /// <summary>A folder with one folder of images for each class, or a file of texts, all of which are judged; of a folder with train, validation and test folders, test.</summary>
    [Parameter]
    public string? Path { get; set; }

    /// <summary>How many of the worst mistakes TopLoss lists, and how many pairs MostConfused.</summary>
    [Parameter, ValidateRange(0, 1000)]
    public int Top { get; set; } = 9;

    protected override void Process() => WriteObject(Judge(Model, FullPath(Path), Top, examples: 3));
}

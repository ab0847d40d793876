using System.Management.Automation;
using PSFineTune.Data;
using PSFineTune.Drift;

namespace PSFineTune.Cmdlets;

/// <summary>Says whether new images or texts still look like those that a model was judged on: Drifted, Stable or Inconclusive, with effect and interval.</summary>
/// <remarks>Compares what a model makes of samples before its output layer, and the shares of the classes it predicts, with those of its validation and test samples; never with those it learned from, which it knows by heart. Without -Model features of the module's own are compared with all of -Reference, and the labels where both sides have them. Both tests are permutation tests and share -Level. What the verdict can and cannot say is in docs/drift.md of the module.</remarks>
/// <example>
/// <code>Get-ChildItem ./incoming -Filter *.jpg | Measure-DataDrift -Model ./clothing.psft -Reference $data</code>
/// The photos that have come in, against the validation photos of a package.
/// </example>
/// <example>
/// <code>if ((Measure-DataDrift ./incoming -Model $run).Verdict -eq 'Drifted') { Write-Warning 'Label some of the new photos and train again.' }</code>
/// A scheduled check; a run knows where its data are.
/// </example>
/// <example>
/// <code>(Measure-DataDrift ./incoming -Model $run).Farthest | Show-ImageGrid -Path ./far.png</code>
/// A look at the new photos that are least like the old ones.
/// </example>
/// <example>
/// <code>Measure-DataDrift -Text (Get-Content ./notes.txt) -Reference (Import-TextDataset ./tickets.csv) -Level 0.05</code>
/// Texts, without a model.
/// </example>
[Cmdlet(VerbsDiagnostic.Measure, "DataDrift", DefaultParameterSetName = "Path"), OutputType(typeof(DataDrift))]
public sealed class MeasureDataDriftCommand : DriftMeasureCmdlet
{
    DriftReference? _reference;

    /// <summary>A run, a run's id, a package or its path, or store:name, whose features are compared; its own data are the reference where none is given.</summary>
    [Parameter]
    public object? Model { get; set; }

    /// <summary>What to compare with, from Import-ImageDataset or Import-TextDataset.</summary>
    [Parameter]
    public Dataset? Reference { get; set; }

    /// <summary>Which samples of the reference: Train, Validation or Test. With a model all but Train without it, for it learned from those; else all.</summary>
    [Parameter]
    public Split? ReferenceSplit { get; set; }

    protected override void Begin() => _reference = DriftReference.For(Model is null ? null : Open(Model), Reference, ReferenceSplit, WorkspacePath(Workspace), new ShownProgress(this), Cancelled);

    protected override void Process() => Take(_reference!.IsText);

    protected override void End()
    {
        if (_reference!.Warning is { } warning) WriteWarning(warning);
        Tell(new DriftMeasure(_reference, Settings(), WorkspacePath(Workspace)).Run(Taken(), Cancelled));
    }
}

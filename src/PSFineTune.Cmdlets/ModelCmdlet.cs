using System.Management.Automation;
using PSFineTune.Packaging;

namespace PSFineTune.Cmdlets;

/// <summary>A cmdlet that uses a trained model, opened once and closed with the pipeline.</summary>
public abstract class ModelCmdlet : TrainedCmdlet
{
    TrainedModel? _trained;
    Predictor? _predictor;
    string? _warned;

    /// <summary>A package or its path, a run, or a run's id, or store:name for what is published by that name.</summary>
    [Parameter(Mandatory = true)]
    public object Model { get; set; } = null!;

    /// <summary>What predictions are averaged over; null for the plain view.</summary>
    private protected TestTimeAugmentation? Views { get; set; }

    private protected TrainedModel Trained => _trained ??= Open(Model).Seeing(Views);

    private protected Predictor Predictor => _predictor ??= Trained.NewPredictor();

    /// <summary>Between two batches: goes over to the model that store:name means by now. Where that one cannot be used the one in use goes on.</summary>
    private protected void Follow()
    {
        if (Trained.Watch is not { } watch) return;
        try
        {
            if (watch.Newer()?.Seeing(Views) is not { } newer) return;
            if (newer.IsText != Trained.IsText) throw Fault.OtherKindPublished(newer.Published!.Name, newer.Published.Version, newer.IsText);
            var predictor = newer.NewPredictor();
            _predictor?.Dispose();
            (_trained, _predictor, _warned) = (newer, predictor, null);
            WriteVerbose($"Version {newer.Published!.Version} of {newer.Published.Name} is used from here on; it was published {newer.Published.Published:u} by {newer.Published.By}.");
        }
        catch (FineTuneException fault)
        {
            if (fault.Message != _warned) WriteWarning($"Version {watch.Known.Version} of {watch.Known.Name} goes on, for what is published now cannot be used: {fault.Message}");
            _warned = fault.Message;
        }
    }

    protected override void Release() => _predictor?.Dispose();
}

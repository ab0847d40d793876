using System.Management.Automation;
using PSFineTune.Packaging;

namespace PSFineTune.Cmdlets;

/// <summary>A cmdlet that uses a trained model, opened once and closed with the pipeline.</summary>
public abstract class ModelCmdlet : TrainedCmdlet
{
    TrainedModel? _trained;
    Predictor? _predictor;

    /// <summary>A package or its path, a run, or a run's id.</summary>
    [Parameter(Mandatory = true)]
    public object Model { get; set; } = null!;

    /// <summary>What predictions are averaged over; null for the plain view.</summary>
    private protected TestTimeAugmentation? Views { get; set; }

    private protected TrainedModel Trained => _trained ??= Open(Model).Seeing(Views);

    private protected Predictor Predictor => _predictor ??= Trained.NewPredictor();

    protected override void Release() => _predictor?.Dispose();
}

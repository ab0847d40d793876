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

    /// <summary>Average over several views of an image: 2 for it and its mirror image, a pipeline for it and four draws of that, more than 2 for it and draws of the pipeline the model was trained with, or @{ Views = 8; Augment = pipeline }.</summary>
    [Parameter, ToTestTimeAugmentation]
    public TestTimeAugmentation? TestTimeAugmentation { get; set; }

    private protected TrainedModel Trained => _trained ??= Open(Model).Seeing(TestTimeAugmentation);

    private protected Predictor Predictor => _predictor ??= Trained.NewPredictor();

    protected override void Release() => _predictor?.Dispose();
}

using System.Management.Automation;
using PSFineTune.Packaging;

namespace PSFineTune.Cmdlets;

/// <summary>Says what a trained model sees in images or reads in texts: the most probable class, how sure it is, the terms that decided, and the columns of its label data.</summary>
/// <remarks>Streams: items are scored in batches as they arrive, and predictions keep their order. One that cannot be read is an error of its own; the others go on. With -Model store:name a pipeline that runs for long looks once a second at the store, between two batches, and goes over to a model that is published there meanwhile; ModelVersion says which one spoke. From the pipeline a string is a text for a model of texts and a path for one of images; a file is an image, or one text.</remarks>
/// <example>
/// <code>Get-ChildItem ./incoming -Filter *.jpg | Invoke-Prediction -Model ./clothing.psft</code>
/// All photos of a folder.
/// </example>
/// <example>
/// <code>Get-ChildItem ./incoming -Filter *.jpg | Invoke-Prediction -Model ./clothing.psft | Where-Object Confidence -lt .6</code>
/// Those a person should look at.
/// </example>
/// <example>
/// <code>(Invoke-Prediction ./chair.jpg -Model ./furniture.psft).LabelData.Link</code>
/// Where to buy what the photo shows, from the label data that the package carries.
/// </example>
/// <example>
/// <code>Invoke-Prediction ./cat.jpg -Model ./clothing.psft -TestTimeAugmentation 2</code>
/// The mean over the photo and its mirror image: steadier, for twice the time.
/// </example>
/// <example>
/// <code>Get-ChildItem ./incoming -Filter *.jpg | Invoke-Prediction -Model store:clothing | Select-Object Path, Label, ModelVersion</code>
/// By what Publish-FineTuneModel made the current model of that name.
/// </example>
[Cmdlet(VerbsLifecycle.Invoke, "Prediction", DefaultParameterSetName = "Path"), OutputType(typeof(Prediction))]
public sealed class InvokePredictionCommand : ItemCmdlet
{
    /// <summary>How many of the most probable classes Scores lists.</summary>
    [Parameter, ValidateRange(1, int.MaxValue)]
    public int Top { get; set; } = 5;

    /// <summary>How many of the terms of a text that decided most Terms lists; 0 for none.</summary>
    [Parameter, ValidateRange(0, 1000)]
    public int TopTerms { get; set; } = 5;

    /// <summary>Average over several views of an image: 2 for it and its mirror image, a pipeline for it and four draws of that, more than 2 for it and draws of the pipeline the model was trained with, or @{ Views = 8; Augment = pipeline }.</summary>
    [Parameter, ToTestTimeAugmentation]
    public TestTimeAugmentation? TestTimeAugmentation { get => Views; set => Views = value; }

    private protected override int BatchSize => Predictor.BatchSize;

    private protected override void Take(IReadOnlyList<PredictionInput> items)
    {
        Follow();
        foreach (var (input, scored) in items.Zip(Predictor.Score([.. items.Select(input => input.Item)], Cancelled)))
            if (scored.Fault is { } fault) WriteFault(fault);
            else WriteObject(Trained.Predict(Predictor, scored, Top, TopTerms, input.Path));
    }
}

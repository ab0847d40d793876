using System.Management.Automation;
using PSFineTune.Attributions;

namespace PSFineTune.Cmdlets;

/// <summary>Shows where in images, or at which words of texts, a trained model finds the class it says: pipe what comes out to Show-ImageGrid.</summary>
/// <remarks>A model that is right for the wrong reason looks at the background, a watermark or a signature. Images are read exactly as Invoke-Prediction reads them. GradCam and GradientInput take one pass an item, Occlusion some hundred.</remarks>
/// <example>
/// <code>($run | Measure-FineTuneModel).TopLoss | Get-ModelAttribution -Model $run | Show-ImageGrid -Path why.png</code>
/// Where the model looked when it was most wrong.
/// </example>
/// <example>
/// <code>$data.Test | Select-Object -First 4 | Get-ModelAttribution -Model ./clothing.psft -Method Occlusion | Show-ImageGrid -Path hidden.png</code>
/// The same question asked by hiding part after part: slower, and true of any model.
/// </example>
/// <example>
/// <code>Get-ModelAttribution ./cat.jpg -Model ./clothing.psft -Label hotdog -Layer stage2</code>
/// What speaks for another class than the predicted one, in the finer map of an earlier layer.
/// </example>
/// <example>
/// <code>Get-ModelAttribution -Text 'The printer in room 12 is jammed' -Model $machine | Show-ImageGrid -Scale 4 -Path words.html</code>
/// A text, its words on blue where they speak for the class and on orange where they speak against it.
/// </example>
[Cmdlet(VerbsCommon.Get, "ModelAttribution", DefaultParameterSetName = "Path"), OutputType(typeof(Attribution))]
public sealed class GetModelAttributionCommand : ItemCmdlet
{
    Attributor? _attributor;

    /// <summary>GradCam or Occlusion for images; GradientInput (networks), TermContribution (LinearSvm and Svm) or Occlusion for texts. A name, or @{ Occlusion = @{ PatchSize = 16 } }; without it the first of them.</summary>
    [Parameter, ToCatalogItem<AttributionMethod>, ArgumentCompleter(typeof(CatalogNames<AttributionMethod>))]
    public AttributionMethod? Method { get; set; }

    /// <summary>The layer group whose map GradCam looks at; without it the last that has one. Earlier ones are finer, and say less of the class.</summary>
    [Parameter, ArgumentCompleter(typeof(LayerNames))]
    public string? Layer { get; set; }

    /// <summary>The class to explain; without it the one that the model says.</summary>
    [Parameter]
    public string? Label { get; set; }

    Attributor Explainer => _attributor ??= new(Trained, Predictor, Method, Layer, Label);

    private protected override int BatchSize => Explainer.BatchSize;

    private protected override void Take(IReadOnlyList<PredictionInput> items)
    {
        foreach (var (attribution, fault) in Explainer.Explain([.. items.Select(item => new Explained(item.Item, item.Path, item.TrueLabel))], Cancelled))
            if (fault is not null) WriteFault(fault);
            else WriteObject(attribution);
    }

    protected override void Release()
    {
        _attributor?.Dispose();
        base.Release();
    }
}

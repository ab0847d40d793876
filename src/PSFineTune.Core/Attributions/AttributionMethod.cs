using System.Text.Json.Serialization;
using PSFineTune.Models;
using PSFineTune.Packaging;

namespace PSFineTune.Attributions;

/// <summary>A way to find what a model looks at, as data. The next one is one file: the catalog finds it.</summary>
public abstract record AttributionMethod
{
    [JsonIgnore]
    public string Name => GetType().Name;

    /// <summary>Whether it explains models of that kind.</summary>
    internal abstract bool Explains(ModelSpec model);

    /// <exception cref="FineTuneException">BadPlanSetting.</exception>
    internal virtual void Validate() { }

    /// <summary>The same method at a layer group.</summary>
    /// <exception cref="FineTuneException">MethodHasNoLayer.</exception>
    internal virtual AttributionMethod At(string layer) => throw Fault.MethodHasNoLayer(Name);

    /// <summary>What explains images by it.</summary>
    /// <param name="predictor">Of a model that it explains; stays as it is.</param>
    /// <param name="side">Of the input, pixels.</param>
    /// <exception cref="FineTuneException">A setting does not fit the model.</exception>
    internal virtual ImageExplainer OfImages(NetworkPredictor predictor, int side) => throw new NotSupportedException($"{Name} explains no images.");

    /// <summary>What explains texts by it: the words of one that count, in its order.</summary>
    /// <param name="predictor">As above.</param>
    internal virtual TextExplainer OfTexts(Predictor predictor) => throw new NotSupportedException($"{Name} explains no texts.");

    /// <summary>What a model is explained by where nobody says how.</summary>
    internal static AttributionMethod For(ModelSpec model) => model switch
    {
        TermModelSpec => new TermContribution(),
        TextNetworkSpec => new GradientInput(),
        _ => new GradCam(),
    };
}

/// <summary>The words of a text with what each adds to a class.</summary>
/// <param name="text">As the model takes it.</param>
/// <param name="label">Index of the class.</param>
/// <param name="cancel">Stops within a few passes of the model.</param>
delegate IReadOnlyList<WordWeight> TextExplainer(string text, int label, CancellationToken cancel);

using PSFineTune.Attributions;
using PSFineTune.Embeddings;
using PSFineTune.Metrics;

namespace PSFineTune.Packaging;

/// <summary>What a model says of one item, or why it cannot be read.</summary>
/// <param name="Item">Path or text.</param>
/// <param name="Scores">Class probabilities in class order; null where <paramref name="Fault"/> is not.</param>
/// <param name="Fault">Of this item alone.</param>
sealed record Scored(string Item, float[]? Scores, FineTuneException? Fault);

/// <summary>A trained model at work.</summary>
abstract class Predictor : IDisposable
{
    /// <summary>Items a pass takes at once.</summary>
    public virtual int BatchSize => 32;

    /// <summary>What the logarithms of scores are divided by; 1 leaves scores as the model has them.</summary>
    public double Temperature { get; set; } = 1;

    /// <summary>Content of an image that lies in no file, by the name that it is asked for by; null for a file.</summary>
    public Func<string, byte[]?> Held { get; set; } = _ => null;

    /// <summary>Scores of up to <see cref="BatchSize"/> items, in their order; a broken item has a fault and the others do not notice. Of several views the mean is scaled, not each.</summary>
    public IReadOnlyList<Scored> Score(IReadOnlyList<string> items, CancellationToken cancel) =>
        Temperature == 1 ? Look(items, cancel)
        : [.. Look(items, cancel).Select(scored => scored.Scores is { } scores ? scored with { Scores = TemperatureScaling.Scale(scores, Temperature) } : scored)];

    /// <summary>Scores at temperature 1.</summary>
    protected abstract IReadOnlyList<Scored> Look(IReadOnlyList<string> items, CancellationToken cancel);

    /// <summary>The terms of a text that decided for or against a class, strongest first; empty where the model cannot tell.</summary>
    /// <param name="item">The text.</param>
    /// <param name="label">Index of the class.</param>
    /// <param name="top">At most so many.</param>
    public virtual IReadOnlyList<TermWeight> Explain(string item, int label, int top) => [];

    /// <summary>What the model makes of up to <see cref="BatchSize"/> items before its output layer, and the scores of the plain items, in their order; a broken item has a fault.</summary>
    public abstract IReadOnlyList<Featured> Features(IReadOnlyList<string> items, CancellationToken cancel);

    /// <summary>Whether it takes so long that features are better remembered.</summary>
    public virtual bool FeaturesPay => true;

    /// <summary>The words of a text that the model reads, in its order, with what each adds to the decision for a class; empty where the model cannot tell.</summary>
    /// <param name="item">The text, trimmed.</param>
    /// <param name="label">Index of the class.</param>
    public virtual IReadOnlyList<WordWeight> Words(string item, int label) => [];

    public abstract void Dispose();
}

using PSFineTune.Models;
using PSFineTune.Packaging;

namespace PSFineTune.Attributions;

/// <summary>
/// Which words LinearSvm and Svm find a class in, exactly: weight x value of a linear model, and by how much a kernel's
/// decision would be lower without the term. A term of several words is shared out among them, one that stands in the text more than once among its places.
/// </summary>
public sealed record TermContribution : AttributionMethod
{
    internal override bool Explains(ModelSpec model) => model is TermModelSpec;

    internal override TextExplainer OfTexts(Predictor predictor) => (text, label, cancel) => predictor.Words(text, label);
}

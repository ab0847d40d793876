using PSFineTune.Models;
using PSFineTune.Packaging;

namespace PSFineTune.Attributions;

/// <summary>
/// Which words a network of texts finds its class in: the slope of the class's logit at each word's vector times the vector
/// (gradient x input, Shrikumar et al. 2016, https://arxiv.org/abs/1605.01713). One pass a text; words beyond the model's longest text have none.
/// </summary>
public sealed record GradientInput : AttributionMethod
{
    internal override bool Explains(ModelSpec model) => model is TextNetworkSpec;

    internal override TextExplainer OfTexts(Predictor predictor) => (text, label, cancel) => predictor.Words(text, label);
}

using PSFineTune.Models.Onnx;
using static TorchSharp.torch;

namespace PSFineTune.Models.Nodes;

/// <summary>
/// In training, zeroes all of a sample's values with the given probability, so that it skips the branch that this ends, and
/// scales those of the others up to keep the mean: https://arxiv.org/abs/1603.09382, by sample. In place: it must follow a
/// node that makes a tensor of its own. The choice comes from the classifier's noise; behind layers that do not learn nothing
/// is dropped, so that they can be computed once.
/// </summary>
sealed record StochasticDepth(double Probability) : Node
{
    public override Run Bind(Binding binding) => x =>
        Probability > 0 && binding.Classifier.Training && x.requires_grad ? Drop(x, binding.Classifier.Noise) : x;

    public override string Export(OnnxGraph graph, Binding binding, string x) => x;

    Tensor Drop(Tensor x, RandomStream noise)
    {
        using var scope = NewDisposeScope();
        var mask = new float[x.shape[0]];
        noise.Drop(mask, Probability, (float)(1 / (1 - Probability)));
        x.mul_(tensor(mask, [mask.Length, 1, 1, 1], device: x.device).to_type(x.dtype));
        return x;
    }
}

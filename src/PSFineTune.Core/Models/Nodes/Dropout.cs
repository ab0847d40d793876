using PSFineTune.Models.Onnx;
using static TorchSharp.torch;

namespace PSFineTune.Models.Nodes;

/// <summary>
/// In training, zeroes each value with the given probability and scales the rest up to keep the mean
/// (Srivastava et al. 2014). The choice comes from the classifier's noise, never from the library's generator.
/// </summary>
sealed record Dropout(double Probability) : Node
{
    public override Run Bind(Binding binding) => x => binding.Classifier.Training ? Drop(x, binding.Classifier.Noise) : x;

    public override string Export(OnnxGraph graph, Binding binding, string x) => x;

    Tensor Drop(Tensor x, RandomStream noise)
    {
        using var scope = NewDisposeScope();
        var kept = (float)(1 / (1 - Probability));
        var mask = new float[x.numel()];
        noise.Drop(mask, Probability, kept);
        return (x * tensor(mask, x.shape, device: x.device)).MoveToOuterDisposeScope();
    }
}

using PSFineTune.Models.Onnx;
using static TorchSharp.torch;

namespace PSFineTune.Models.Nodes;

/// <summary>A convolution with a square kernel, zero padded on all sides alike.</summary>
sealed record Conv(int In, int Out, int Kernel, int Stride = 1, int Padding = 0, int Groups = 1) : Node
{
    public bool Bias { get; init; }

    public Filling Filling { get; init; } = Filling.FanOutNormal;

    public Filling BiasFilling { get; init; } = Filling.Zero;

    public override IEnumerable<Part> Parts =>
        Bias ? [new("weight", [Out, In / Groups, Kernel, Kernel], Filling), new("bias", [Out], BiasFilling)]
             : [new("weight", [Out, In / Groups, Kernel, Kernel], Filling)];

    public override int Measure(string prefix, int side, Action<string, int> norm) => (side + 2 * Padding - Kernel) / Stride + 1;

    public override Run Bind(Binding binding)
    {
        var (weight, bias) = (binding["weight"], Bias ? binding["bias"] : null);
        long[] stride = [Stride, Stride], padding = [Padding, Padding], dilation = [1, 1];
        return x => binding.Classifier.Multiply(x, weight, bias, (x, weight, bias) => nn.functional.conv2d(x, weight, bias, stride, padding, dilation, Groups));
    }

    public override string Export(OnnxGraph graph, Binding binding, string x) => graph.Add(
        "Conv", [x, .. Parts.Select(part => graph.Constant(binding[part.Name]))],
        ("strides", [Stride, Stride]), ("pads", [Padding, Padding, Padding, Padding]), ("group", Groups));
}

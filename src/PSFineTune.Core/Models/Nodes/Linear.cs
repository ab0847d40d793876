using PSFineTune.Models.Onnx;
using static TorchSharp.torch;

namespace PSFineTune.Models.Nodes;

/// <summary>A fully connected layer with bias, N x In to N x Out.</summary>
sealed record Linear(int In, int Out) : Node
{
    public Filling Filling { get; init; } = Filling.Plain(In);

    public Filling BiasFilling { get; init; } = Filling.Plain(In);

    public override IEnumerable<Part> Parts => [new("weight", [Out, In], Filling), new("bias", [Out], BiasFilling)];

    public override Run Bind(Binding binding)
    {
        var (weight, bias) = (binding["weight"], binding["bias"]);
        return x => binding.Classifier.Multiply(x, weight, bias, nn.functional.linear);
    }

    public override string Export(OnnxGraph graph, Binding binding, string x) =>
        graph.Add("Gemm", [x, .. Parts.Select(part => graph.Constant(binding[part.Name]))], ("transB", 1));
}

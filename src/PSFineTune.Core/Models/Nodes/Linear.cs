using PSFineTune.Models.Onnx;
using TorchSharp;
using static TorchSharp.torch;

namespace PSFineTune.Models.Nodes;

/// <summary>A fully connected layer with bias, N x In to N x Out; low-rank adaptation adds to it where its classifier has any.</summary>
sealed record Linear(int In, int Out) : Node
{
    public Filling Filling { get; init; } = Filling.Plain(In);

    public Filling BiasFilling { get; init; } = Filling.Plain(In);

    public override IEnumerable<Part> Parts => [new("weight", [Out, In], Filling) { IsLinear = true }, new("bias", [Out], BiasFilling)];

    public override Run Bind(Binding binding)
    {
        var (weight, bias) = (binding["weight"], binding["bias"]);
        var factors = binding.Classifier.FactorsOf(binding.NameOf("weight"));
        return factors is not { } low ? Plain : x =>
        {
            using var scope = NewDisposeScope();
            using var scale = low.Scale.ToScalar();
            var narrow = binding.Classifier.Multiply(x, low.Down, null, nn.functional.linear);
            return Plain(x).Plus(binding.Classifier.Multiply(narrow, low.Up * scale, null, nn.functional.linear)).MoveToOuterDisposeScope();
        };

        Tensor Plain(Tensor x) => binding.Classifier.Multiply(x, weight, bias, nn.functional.linear);
    }

    public override string Export(OnnxGraph graph, Binding binding, string x)
    {
        if (graph.Tokens is null) return graph.Add("Gemm", [x, .. Parts.Select(part => graph.Constant(binding[part.Name]))], ("transB", 1));
        // Gemm takes two dimensions, and tokens have three.
        using var turned = binding["weight"].t();
        return graph.Add("Add", [graph.Add("MatMul", [x, graph.Constant(turned)]), graph.Constant(binding["bias"])]);
    }
}

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

    /// <summary>What it is given has more dimensions than two, of which it maps the last.</summary>
    public bool Stacked { get; init; }

    public override Run Bind(Binding binding) => Bind(binding, "weight", "bias");

    /// <summary>The product with a weight, Out x In, by name, and what is added to it.</summary>
    public static Run Bind(Binding binding, string weightName, string biasName)
    {
        var (weight, bias, classifier) = (binding[weightName], binding[biasName], binding.Classifier);
        var added = classifier.Added(binding.NameOf(weightName));
        return added.Count == 0 ? Plain : x =>
        {
            using var scope = NewDisposeScope();
            var y = Plain(x);
            foreach (var low in added)
            {
                using var scale = low.Scale.ToScalar();
                using var one = 1.ToScalar();
                var narrow = classifier.Multiply(x, low.Down, null, nn.functional.linear);
                y.narrow(-1, low.From, low.Rows).add_(classifier.Multiply(narrow, low.Up * scale, null, nn.functional.linear), one);
            }
            return y.MoveToOuterDisposeScope();
        };

        Tensor Plain(Tensor x) => classifier.Multiply(x, weight, bias, nn.functional.linear);
    }

    public override string Export(OnnxGraph graph, Binding binding, string x)
    {
        var (weight, bias) = (binding["weight"], graph.Constant(binding["bias"]));
        // Gemm takes two dimensions, and tokens have three.
        if (!Stacked && graph.Tokens is null) return graph.Add("Gemm", [x, graph.Constant(weight), bias], ("transB", 1));
        using var turned = weight.t();
        return graph.Add("Add", [graph.Add("MatMul", [x, graph.Constant(turned)]), bias]);
    }
}

using PSFineTune.Models.Onnx;
using static TorchSharp.torch;

namespace PSFineTune.Models.Nodes;

/// <summary>Layer normalisation over the last dimension, https://arxiv.org/abs/1607.06450.</summary>
sealed record LayerNorm(int Size, double Epsilon) : Node
{
    public override IEnumerable<Part> Parts => [new("weight", [Size], Filling.One), new("bias", [Size], Filling.Zero)];

    public override Run Bind(Binding binding)
    {
        var (weight, bias) = (binding["weight"], binding["bias"]);
        long[] over = [Size];
        return x =>
        {
            // Statistics of half precision are none.
            using var whole = x.dtype == weight.dtype ? null : x.to_type(weight.dtype);
            return nn.functional.layer_norm(whole ?? x, over, weight, bias, Epsilon);
        };
    }

    public override string Export(OnnxGraph graph, Binding binding, string x) =>
        graph.Add("LayerNormalization", [x, .. Parts.Select(part => graph.Constant(binding[part.Name]))], ("axis", -1), ("epsilon", Epsilon));
}

/// <summary>Norm(x + Branch(x)), as in the first transformers, https://arxiv.org/abs/1706.03762. The branch finds its tensors under this node's own name.</summary>
sealed record PostNorm(Node Branch, Named Norm) : TokenNode
{
    public override IEnumerable<Named> Inner => [new("", Branch), Norm];

    public override Run Bind(Binding binding)
    {
        var (branch, norm) = (binding.Bind(new("", Branch)), binding.Bind(Norm));
        return x =>
        {
            using var scope = NewDisposeScope();
            return Padding.Clear(norm(x.Plus(branch(x))), Padding.Tokens(x)).MoveToOuterDisposeScope();
        };
    }

    public override string Export(OnnxGraph graph, Binding binding, string x) =>
        graph.Clear(binding.Export(Norm, graph, graph.Add("Add", [x, binding.Export(new("", Branch), graph, x)])));
}

using PSFineTune.Models.Onnx;
using static TorchSharp.torch;

namespace PSFineTune.Models.Nodes;

/// <summary>
/// Every token asks all tokens of its text, several questions at once: multi-head attention, https://arxiv.org/abs/1706.03762.
/// Dropout is the layer's business: probabilities within are not dropped, which keeps the fused kernel.
/// </summary>
/// <param name="Size">Of a token; a multiple of the heads.</param>
/// <param name="Heads">Questions.</param>
/// <param name="Names">Of the three projections in weight files: query, key, value.</param>
sealed record SelfAttention(int Size, int Heads, params string[] Names) : TokenNode
{
    public Filling Filling { get; init; } = Filling.Normal(0.02);

    public override IEnumerable<Named> Inner => Names.Select(name => new Named(name, new Linear(Size, Size) { Filling = Filling, BiasFilling = Filling.Zero }));

    public override Run Bind(Binding binding)
    {
        var projections = Inner.Select(binding.Bind).ToArray();
        return x =>
        {
            using var scope = NewDisposeScope();
            var (samples, length) = (x.shape[0], x.shape[1]);
            var heads = projections.Select(project => project(x).view(samples, length, Heads, Size / Heads).transpose(1, 2)).ToArray();
            var tokens = Padding.Tokens(x)?.view(samples, 1, 1, length).expand(samples, 1, length, length);
            var y = nn.functional.scaled_dot_product_attention(heads[0], heads[1], heads[2], tokens);
            return y.transpose(1, 2).reshape(samples, length, Size).MoveToOuterDisposeScope();
        };
    }

    public override string Export(OnnxGraph graph, Binding binding, string x)
    {
        string Heads(int projection, params long[] order) => graph.Add("Transpose",
            [graph.Add("Reshape", [binding.Export(Inner.ElementAt(projection), graph, x), graph.Constant(0, 0, this.Heads, Size / this.Heads)])], ("perm", order));
        var alike = graph.Add("Mul", [graph.Add("MatMul", [Heads(0, 0, 2, 1, 3), Heads(1, 0, 2, 3, 1)]), graph.Constant((float)(1 / Math.Sqrt((double)Size / this.Heads)))]);
        if (graph.Tokens is not null) alike = graph.Add("Where", [graph.Add("Unsqueeze", [graph.Tokens, graph.Constant(1, 2)]), alike, graph.Constant(float.NegativeInfinity)]);
        var y = graph.Add("MatMul", [graph.Add("Softmax", [alike], ("axis", -1)), Heads(2, 0, 2, 1, 3)]);
        return graph.Add("Reshape", [graph.Add("Transpose", [y], ("perm", [0, 2, 1, 3])), graph.Constant(0, 0, Size)]);
    }
}

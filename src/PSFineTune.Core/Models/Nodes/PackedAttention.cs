using PSFineTune.Models.Onnx;
using static TorchSharp.torch;

namespace PSFineTune.Models.Nodes;

/// <summary>
/// Multi-head attention of tokens that are all there, https://arxiv.org/abs/1706.03762, its three projections in one weight as in
/// PyTorch's own layer: N x L x Size to the same.
/// </summary>
/// <param name="Size">Of a token; a multiple of the heads.</param>
/// <param name="Heads">Questions.</param>
sealed record PackedAttention(int Size, int Heads) : Node
{
    const string Weight = "in_proj_weight", Bias = "in_proj_bias";

    public override IEnumerable<Part> Parts =>
    [
        new(Weight, [3 * Size, Size], Filling.Xavier) { IsLinear = true, Packed = ["query", "key", "value"] },
        new(Bias, [3 * Size], Filling.Zero),
    ];

    public override IEnumerable<Named> Inner => [new("out_proj", new Linear(Size, Size) { Stacked = true, BiasFilling = Filling.Zero })];

    public override Run Bind(Binding binding)
    {
        var (project, output) = (Linear.Bind(binding, Weight, Bias), binding.Bind(Inner.Single()));
        return x =>
        {
            using var scope = NewDisposeScope();
            var (samples, length) = (x.shape[0], x.shape[1]);
            var all = project(x).view(samples, length, 3, Heads, Size / Heads).permute(2, 0, 3, 1, 4);
            var y = nn.functional.scaled_dot_product_attention(all.select(0, 0), all.select(0, 1), all.select(0, 2));
            return output(y.transpose(1, 2).reshape(samples, length, Size)).MoveToOuterDisposeScope();
        };
    }

    public override string Export(OnnxGraph graph, Binding binding, string x)
    {
        using var scope = NewDisposeScope();
        var (weight, bias) = (binding[Weight], binding[Bias]);
        var scores = graph.Add("MatMul", [graph.Add("Mul", [Projected(0, 0, 2, 1, 3), graph.Constant(1 / MathF.Sqrt(Size / Heads))]), Projected(1, 0, 2, 3, 1)]);
        var y = graph.Add("MatMul", [graph.Add("Softmax", [scores], ("axis", -1)), Projected(2, 0, 2, 1, 3)]);
        var together = graph.Add("Reshape", [graph.Add("Transpose", [y], ("perm", [0, 2, 1, 3])), graph.Constant(0, 0, Size)]);
        return binding.Export(Inner.Single(), graph, together);

        string Projected(int place, params long[] perm)
        {
            var product = graph.Add("MatMul", [x, graph.Constant(weight.narrow(0, place * Size, Size).t())]);
            var heads = graph.Add("Reshape", [graph.Add("Add", [product, graph.Constant(bias.narrow(0, place * Size, Size))]), graph.Constant(0, 0, Heads, Size / Heads)]);
            return graph.Add("Transpose", [heads], ("perm", perm));
        }
    }
}

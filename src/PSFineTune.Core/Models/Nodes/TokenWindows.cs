using PSFineTune.Models.Onnx;
using static TorchSharp.torch;

namespace PSFineTune.Models.Nodes;

/// <summary>
/// Filters over so many words in a row, rectified, and the greatest answer of each, N x L x In to N x Out: Kim 2014,
/// https://arxiv.org/abs/1408.5882. A window counts where it covers a word at least, so that a short text has as many
/// as a long one among its words and what is beside a text in its batch does not matter.
/// </summary>
sealed record TokenWindows(int In, int Out, int Width) : TokenNode
{
    public override bool Flattens => true;

    public override IEnumerable<Part> Parts => [new("weight", [Out, In, Width], Filling.Plain(In * Width)), new("bias", [Out], Filling.Plain(In * Width))];

    public override Run Bind(Binding binding)
    {
        var (weight, bias) = (binding["weight"], binding["bias"]);
        return x =>
        {
            using var scope = NewDisposeScope();
            var y = binding.Classifier.Multiply(x.transpose(1, 2), weight, bias, (x, weight, bias) => nn.functional.conv1d(x, weight, bias, padding: Width - 1)).relu();
            if (Padding.Tokens(x) is { } tokens) y = y * cat([ones([x.shape[0], Width - 1], ScalarType.Bool, x.device), tokens], 1).unsqueeze(1);
            return y.amax([2]).MoveToOuterDisposeScope();
        };
    }

    public override string Export(OnnxGraph graph, Binding binding, string x)
    {
        var y = graph.Add("Relu", [graph.Add("Conv", [graph.Add("Transpose", [x], ("perm", [0, 2, 1])), .. Parts.Select(part => graph.Constant(binding[part.Name]))], ("pads", [Width - 1, Width - 1]))]);
        if (graph.Tokens is not null)
        {
            // The windows that begin before the first word count, too.
            var counted = graph.Add("Pad", [graph.Cast(graph.Tokens, Onnx.Schema.TensorProto.Types.DataType.Float), graph.Constant(0, Width - 1, 0, 0), graph.Constant(1f)]);
            y = graph.Add("Mul", [y, graph.Add("Unsqueeze", [counted, graph.Constant(1L)])]);
        }
        return graph.Add("ReduceMax", [y], ("axes", [2]), ("keepdims", 0));
    }
}

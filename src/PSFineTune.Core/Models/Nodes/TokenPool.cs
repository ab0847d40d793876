using PSFineTune.Models.Onnx;
using TorchSharp;
using static TorchSharp.torch;

namespace PSFineTune.Models.Nodes;

/// <summary>The first token of each text, N x L x C to N x C.</summary>
sealed record FirstToken : TokenNode
{
    public override bool Flattens => true;

    public override Run Bind(Binding binding) => x => x.select(1, 0);

    public override string Export(OnnxGraph graph, Binding binding, string x) =>
        graph.Add("Squeeze", [graph.Add("Gather", [x, graph.Constant(0L)], ("axis", 1)), graph.Constant(1L)]);
}

/// <summary>The token that stands for an image, the first, N x L x C to N x C.</summary>
sealed record ClassToken : Node
{
    public override bool Flattens => true;

    public override Run Bind(Binding binding) => x => x.select(1, 0);

    public override string Export(OnnxGraph graph, Binding binding, string x) => graph.Add("Flatten", [graph.Add("Slice", [x, graph.Constant([0]), graph.Constant([1]), graph.Constant([1])])], ("axis", 1));
}

/// <summary>The greatest value of each channel over a text's tokens, N x L x C to N x C.</summary>
sealed record TokenMax : TokenNode
{
    public override bool Flattens => true;

    public override Run Bind(Binding binding) => x =>
    {
        using var scope = NewDisposeScope();
        using var lowest = double.NegativeInfinity.ToScalar();
        var padded = Padding.Tokens(x)?.logical_not().unsqueeze(2);
        return (padded is null ? x : x.masked_fill(padded, lowest)).amax([1]).MoveToOuterDisposeScope();
    };

    public override string Export(OnnxGraph graph, Binding binding, string x)
    {
        var seen = graph.Tokens is null ? x : graph.Add("Where", [graph.Add("Unsqueeze", [graph.Tokens, graph.Constant(2L)]), x, graph.Constant(float.NegativeInfinity)]);
        return graph.Add("ReduceMax", [seen], ("axes", [1]), ("keepdims", 0));
    }
}

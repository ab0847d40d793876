using PSFineTune.Models.Onnx;
using static TorchSharp.torch;

namespace PSFineTune.Models.Nodes;

/// <summary>x times the normal distribution's share below x, exact, https://arxiv.org/abs/1606.08415.</summary>
sealed record Gelu : Node
{
    public override Run Bind(Binding binding) => nn.functional.gelu;

    // x / 2 times (1 + erf(x / root 2)).
    public override string Export(OnnxGraph graph, Binding binding, string x)
    {
        var share = graph.Add("Add", [graph.Add("Erf", [graph.Add("Div", [x, graph.Constant((float)Math.Sqrt(2))])]), graph.Constant(1f)]);
        return graph.Add("Mul", [graph.Add("Mul", [x, share]), graph.Constant(0.5f)]);
    }
}

/// <summary>The hyperbolic tangent.</summary>
sealed record Tanh : TokenNode
{
    public override Run Bind(Binding binding) => x => x.tanh();

    public override string Export(OnnxGraph graph, Binding binding, string x) => graph.Add("Tanh", [x]);
}

using PSFineTune.Models.Onnx;

namespace PSFineTune.Models.Nodes;

/// <summary>x times its logistic function, https://arxiv.org/abs/1606.08415 and 1702.03118; also called swish.</summary>
sealed record Silu : Node
{
    public override Run Bind(Binding binding) => x => x.silu();

    public override string Export(OnnxGraph graph, Binding binding, string x) => graph.Add("Mul", [x, graph.Add("Sigmoid", [x])]);
}

/// <summary>x times <see cref="Hardsigmoid"/>, MobileNetV3's cheap likeness of <see cref="Silu"/>.</summary>
sealed record Hardswish : Node
{
    public override Run Bind(Binding binding) => x => x.hardswish();

    public override string Export(OnnxGraph graph, Binding binding, string x) => graph.Add("HardSwish", [x]);
}

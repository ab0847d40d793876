using PSFineTune.Models.Onnx;

namespace PSFineTune.Models.Nodes;

/// <summary>max(x, 0), in place: it must follow a node that makes a tensor of its own.</summary>
sealed record Relu : Node
{
    public override Run Bind(Binding binding) => x => x.relu_();

    public override string Export(OnnxGraph graph, Binding binding, string x) => graph.Add("Relu", [x]);
}

/// <summary>x kept within 0..6, in place: it must follow a node that makes a tensor of its own.</summary>
sealed record Relu6 : Node
{
    public override Run Bind(Binding binding) => x => x.relu6_();

    public override string Export(OnnxGraph graph, Binding binding, string x) => graph.Add("Clip", [x, graph.Constant(0f), graph.Constant(6f)]);
}

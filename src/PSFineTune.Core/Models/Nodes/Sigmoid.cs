using PSFineTune.Models.Onnx;
using TorchSharp;
using static TorchSharp.torch;

namespace PSFineTune.Models.Nodes;

/// <summary>The logistic function, 1 / (1 + exp(-x)).</summary>
sealed record Sigmoid : Node
{
    public override Run Bind(Binding binding) => x => x.sigmoid();

    public override string Export(OnnxGraph graph, Binding binding, string x) => graph.Add("Sigmoid", [x]);
}

/// <summary>x / 6 + 1/2 kept within 0..1, MobileNetV3's cheap likeness of <see cref="Sigmoid"/>.</summary>
sealed record Hardsigmoid : Node
{
    public override Run Bind(Binding binding) => x =>
    {
        using var scope = NewDisposeScope();
        // Numbers that only TorchSharp knows of may be collected while libtorch reads them.
        using var three = 3.ToScalar();
        using var six = 6.ToScalar();
        using var one = 1.ToScalar();
        return x.add(three, one).relu6_().div_(six).MoveToOuterDisposeScope();
    };

    public override string Export(OnnxGraph graph, Binding binding, string x) => graph.Add("HardSigmoid", [x], ("alpha", 1.0 / 6), ("beta", 0.5));
}

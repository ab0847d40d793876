using PSFineTune.Models.Onnx;
using static TorchSharp.torch;

namespace PSFineTune.Models.Nodes;

/// <summary>Runs nodes on N x H x W x C, between torchvision's two Permute: N x C x H x W in and out, whose channels-last strides make both turns free.</summary>
sealed record ChannelsLast(params Named[] Nodes) : Node
{
    public override IEnumerable<Named> Inner => Nodes;

    public override Run Bind(Binding binding)
    {
        var inner = new Sequence(Nodes).Bind(binding);
        return x =>
        {
            using var scope = NewDisposeScope();
            return inner(x.permute(0, 2, 3, 1)).permute(0, 3, 1, 2).MoveToOuterDisposeScope();
        };
    }

    public override string Export(OnnxGraph graph, Binding binding, string x) => graph.Add(
        "Transpose", [new Sequence(Nodes).Export(graph, binding, graph.Add("Transpose", [x], ("perm", [0, 2, 3, 1])))], ("perm", [0, 3, 1, 2]));
}

/// <summary>Each channel times a number of its own, channels last: https://arxiv.org/abs/2103.17239.</summary>
/// <param name="Channels">Count.</param>
/// <param name="Initial">What the numbers begin as.</param>
sealed record LayerScale(int Channels, double Initial) : Node
{
    const string Numbers = "layer_scale";

    public override IEnumerable<Part> Parts => [new(Numbers, [Channels, 1, 1], Filling.Constant(Initial))];

    public override Run Bind(Binding binding)
    {
        var numbers = binding[Numbers];
        return x =>
        {
            using var row = numbers.view(-1);
            return x * row;
        };
    }

    public override string Export(OnnxGraph graph, Binding binding, string x)
    {
        using var row = binding[Numbers].view(-1);
        return graph.Add("Mul", [x, graph.Constant(row)]);
    }
}

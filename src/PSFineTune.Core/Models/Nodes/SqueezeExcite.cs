using PSFineTune.Models.Onnx;
using static TorchSharp.torch;

namespace PSFineTune.Models.Nodes;

/// <summary>Scales each channel by what two small layers make of all channels' means, https://arxiv.org/abs/1709.01507.</summary>
/// <param name="Channels">Of input and output.</param>
/// <param name="Squeezed">Channels between the two layers.</param>
/// <param name="Activation">After the first; must be fine with a tensor that is its own.</param>
/// <param name="Gate">After the second, to 0..1.</param>
sealed record SqueezeExcite(int Channels, int Squeezed, Node Activation, Node Gate) : Node
{
    /// <summary>Biases begin as PyTorch's by default, not as 0.</summary>
    public bool PlainBias { get; init; }

    public override IEnumerable<Named> Inner => [new("fc1", Layer(Channels, Squeezed)), new("", Activation), new("fc2", Layer(Squeezed, Channels)), new("", Gate)];

    Named Scale => new("", new Sequence([.. Inner]));

    public override Run Bind(Binding binding)
    {
        var scale = binding.Bind(Scale);
        return x =>
        {
            using var scope = NewDisposeScope();
            return (x * scale(nn.functional.adaptive_avg_pool2d(x, 1))).MoveToOuterDisposeScope();
        };
    }

    public override string Export(OnnxGraph graph, Binding binding, string x) =>
        graph.Add("Mul", [x, binding.Export(Scale, graph, graph.Add("GlobalAveragePool", [x]))]);

    Conv Layer(int channels, int output) => new(channels, output, 1) { Bias = true, BiasFilling = PlainBias ? Filling.Plain(channels) : Filling.Zero };
}

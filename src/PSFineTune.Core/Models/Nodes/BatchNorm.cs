using PSFineTune.Models.Onnx;
using TorchSharp;
using static TorchSharp.torch;

namespace PSFineTune.Models.Nodes;

/// <summary>
/// Batch normalisation, https://arxiv.org/abs/1502.03167. It uses and follows the batch's statistics only while it
/// trains: a frozen one stays in evaluation mode unless its classifier says otherwise.
/// </summary>
sealed record BatchNorm(int Channels) : Node
{
    public const string CounterName = "num_batches_tracked";

    public double Momentum { get; init; } = 0.1;

    public double Epsilon { get; init; } = 1e-5;

    public override IEnumerable<Part> Parts =>
    [
        new("weight", [Channels], Filling.One) { IsNorm = true },
        new("bias", [Channels], Filling.Zero) { IsNorm = true },
        new("running_mean", [Channels], Filling.Zero, TensorRole.Buffer),
        new("running_var", [Channels], Filling.One, TensorRole.Buffer),
        new(CounterName, [], Filling.Zero, TensorRole.Buffer),
    ];

    public override int Measure(string prefix, int side, Action<string, int> norm)
    {
        norm(Binding.Join(prefix, "weight"), side);
        return side;
    }

    public override Run Bind(Binding binding)
    {
        var (classifier, name) = (binding.Classifier, binding.NameOf("weight"));
        var (weight, bias) = (binding["weight"], binding["bias"]);
        var (mean, variance, tracked) = (binding["running_mean"], binding["running_var"], binding[CounterName]);
        return x =>
        {
            var learns = classifier.Training && (weight.requires_grad || classifier.FrozenNormTrains(name));
            // As PyTorch: the variance of one value is not a number, and would stay in the statistics.
            if (learns && x.numel() == Channels) throw Fault.OneValueToNormalise(name);
            if (learns) Count(tracked);
            return nn.functional.batch_norm(x, mean, variance, weight, bias, learns, Momentum, Epsilon);
        };
    }

    // A number that only TorchSharp knows of may be collected while libtorch reads it.
    static void Count(Tensor tracked)
    {
        using var one = 1.ToScalar();
        tracked.add_(one, one);
    }

    // Folded into the convolution before it by whoever runs the graph.
    public override string Export(OnnxGraph graph, Binding binding, string x)
    {
        string[] parts = ["weight", "bias", "running_mean", "running_var"];
        return graph.Add("BatchNormalization", [x, .. parts.Select(part => graph.Constant(binding[part]))], ("epsilon", Epsilon));
    }
}

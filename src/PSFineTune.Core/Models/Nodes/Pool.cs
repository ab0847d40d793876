using PSFineTune.Models.Onnx;
using static TorchSharp.torch;

namespace PSFineTune.Models.Nodes;

/// <summary>The greatest value of each window.</summary>
sealed record MaxPool(int Kernel, int Stride, int Padding = 0) : Node
{
    /// <summary>Windows that start inside and end outside count too.</summary>
    public bool CeilMode { get; init; }

    // A window that the ceiling adds counts only where it begins inside or in the padding before.
    public override int Measure(string prefix, int side, Action<string, int> norm)
    {
        var steps = (side + 2 * Padding - Kernel + (CeilMode ? Stride - 1 : 0)) / Stride;
        return steps * Stride >= side + Padding ? steps : steps + 1;
    }

    public override Run Bind(Binding binding)
    {
        long[] kernel = [Kernel, Kernel], stride = [Stride, Stride], padding = [Padding, Padding], dilation = [1, 1];
        return x => nn.functional.max_pool2d(x, kernel, stride, padding, dilation, CeilMode);
    }

    public override string Export(OnnxGraph graph, Binding binding, string x) => graph.Add(
        "MaxPool", [x], ("kernel_shape", [Kernel, Kernel]), ("strides", [Stride, Stride]),
        ("pads", [Padding, Padding, Padding, Padding]), ("ceil_mode", CeilMode ? 1 : 0));
}

/// <summary>The mean of each window, all of them inside.</summary>
sealed record AvgPool(int Kernel, int Stride) : Node
{
    public override int Measure(string prefix, int side, Action<string, int> norm) => (side - Kernel) / Stride + 1;

    public override Run Bind(Binding binding)
    {
        long[] kernel = [Kernel, Kernel], stride = [Stride, Stride];
        return x => nn.functional.avg_pool2d(x, kernel, stride);
    }

    public override string Export(OnnxGraph graph, Binding binding, string x) =>
        graph.Add("AveragePool", [x], ("kernel_shape", [Kernel, Kernel]), ("strides", [Stride, Stride]));
}

/// <summary>The mean over each channel, N x C x H x W to N x C.</summary>
sealed record GlobalPool : Node
{
    public override bool Flattens => true;

    public override int Measure(string prefix, int side, Action<string, int> norm) => 1;

    public override Run Bind(Binding binding) => x =>
    {
        using var mean = nn.functional.adaptive_avg_pool2d(x, 1);
        return mean.flatten(1);
    };

    public override string Export(OnnxGraph graph, Binding binding, string x) => graph.Add("Flatten", [graph.Add("GlobalAveragePool", [x])], ("axis", 1));
}

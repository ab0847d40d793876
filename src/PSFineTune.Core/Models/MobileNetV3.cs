using System.Text.Json.Serialization;
using PSFineTune.Models.Nodes;

namespace PSFineTune.Models;

/// <summary>Searching for MobileNetV3, https://arxiv.org/abs/1905.02244; torchvision's names.</summary>
public abstract record MobileNetV3 : NetworkSpec
{
    const int StemChannels = 16, HeadExpansion = 6;

    [JsonIgnore]
    public override string Family => nameof(MobileNetV3);

    [JsonIgnore]
    public override Preprocessing DefaultPreprocessing => new();

    /// <summary>By block: kernel, channels inside, channels after, whether channels are gated, Hardswish instead of ReLU, stride.</summary>
    internal abstract (int Kernel, int Expanded, int Channels, bool Gated, bool Hard, int Stride)[] Blocks { get; }

    /// <summary>Features that the head is given.</summary>
    internal abstract int LastChannels { get; }

    internal override IReadOnlyList<NodeGroup> Describe(int classes)
    {
        List<NodeGroup> groups = [new("stem", ("features.0", Layer(new(3, StemChannels, 3, 2, 1), new Hardswish())))];
        var (rows, channels, nodes) = (Blocks, StemChannels, new List<Named>());
        for (var block = 0; block < rows.Length; block++)
        {
            var row = rows[block];
            nodes.Add(new($"features.{block + 1}", Block(channels, row.Kernel, row.Expanded, row.Channels, row.Gated, row.Hard, row.Stride)));
            channels = row.Channels;
            // A stage is what has one width.
            if (block == rows.Length - 1 || rows[block + 1].Channels == channels) continue;
            groups.Add(new($"stage{groups.Count}", [.. nodes]));
            nodes.Clear();
        }
        var wide = channels * HeadExpansion;
        // The layer after the pool is not the output's: its published weights are kept.
        nodes.AddRange([($"features.{rows.Length + 1}", Layer(new(channels, wide, 1), new Hardswish())), ("", new GlobalPool()), ("classifier.0", Dense(wide, LastChannels)), ("", new Hardswish())]);
        groups.Add(new($"stage{groups.Count}", [.. nodes]));
        groups.Add(new("head", ("", new Dropout(0.2)), ("classifier.3", Dense(LastChannels, classes))));
        return groups;
    }

    static Node Block(int channels, int kernel, int expanded, int output, bool gated, bool hard, int stride)
    {
        Node Activation() => hard ? new Hardswish() : new Relu();
        List<Node> nodes = [Layer(new(expanded, expanded, kernel, stride, kernel / 2, expanded), Activation())];
        if (expanded != channels) nodes.Insert(0, Layer(new(channels, expanded, 1), Activation()));
        if (gated) nodes.Add(new SqueezeExcite(expanded, MobileNetV2.Rounded(expanded / 4), new Relu(), new Hardsigmoid()));
        nodes.Add(Layer(new(expanded, output, 1)));
        var branch = new Sequence([.. nodes.Select((node, at) => new Named($"block.{at}", node))]);
        return stride == 1 && channels == output ? new Residual(branch) : branch;
    }

    static Sequence Layer(Conv conv, Node? then = null) => ConvNorm.Of(conv, then, new(conv.Out) { Epsilon = 1e-3, Momentum = 0.01 });

    static Linear Dense(int channels, int output) => new(channels, output) { Filling = Filling.Normal(0.01), BiasFilling = Filling.Zero };
}

/// <summary>For the least computation: 2.5 million parameters with 1000 classes.</summary>
public sealed record MobileNetV3Small : MobileNetV3
{
    internal override int LastChannels => 1024;

    // Table 2 of the paper.
    internal override (int, int, int, bool, bool, int)[] Blocks =>
    [
        (3, 16, 16, true, false, 2), (3, 72, 24, false, false, 2), (3, 88, 24, false, false, 1),
        (5, 96, 40, true, true, 2), (5, 240, 40, true, true, 1), (5, 240, 40, true, true, 1), (5, 120, 48, true, true, 1), (5, 144, 48, true, true, 1),
        (5, 288, 96, true, true, 2), (5, 576, 96, true, true, 1), (5, 576, 96, true, true, 1),
    ];
}

/// <summary>5.5 million parameters with 1000 classes.</summary>
public sealed record MobileNetV3Large : MobileNetV3
{
    internal override int LastChannels => 1280;

    // Table 1 of the paper.
    internal override (int, int, int, bool, bool, int)[] Blocks =>
    [
        (3, 16, 16, false, false, 1), (3, 64, 24, false, false, 2), (3, 72, 24, false, false, 1),
        (5, 72, 40, true, false, 2), (5, 120, 40, true, false, 1), (5, 120, 40, true, false, 1),
        (3, 240, 80, false, true, 2), (3, 200, 80, false, true, 1), (3, 184, 80, false, true, 1), (3, 184, 80, false, true, 1),
        (3, 480, 112, true, true, 1), (3, 672, 112, true, true, 1),
        (5, 672, 160, true, true, 2), (5, 960, 160, true, true, 1), (5, 960, 160, true, true, 1),
    ];
}

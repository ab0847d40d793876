using System.Text.Json.Serialization;
using PSFineTune.Models.Nodes;

namespace PSFineTune.Models;

/// <summary>EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks, https://arxiv.org/abs/1905.11946; torchvision's names.</summary>
public abstract record EfficientNet : NetworkSpec
{
    // Expansion, kernel, stride of the first block, channels, blocks: table 1 of the paper, before it is scaled.
    static readonly (int Expansion, int Kernel, int Stride, int Channels, int Blocks)[] s_table =
    [
        (1, 3, 1, 16, 1), (6, 3, 2, 24, 2), (6, 5, 2, 40, 2), (6, 3, 2, 80, 3), (6, 5, 1, 112, 3), (6, 5, 2, 192, 4), (6, 3, 1, 320, 1),
    ];

    const int StemChannels = 32, LastExpansion = 4;

    const double DeepestDrop = 0.2;

    [JsonIgnore]
    public override string Family => nameof(EfficientNet);

    /// <summary>Sides that the published weights were evaluated with: of the input, and before the crop.</summary>
    internal abstract (int Input, int Resize) Sizes { get; }

    /// <summary>Multiply the table's channels and blocks.</summary>
    internal abstract (double Width, double Depth) Scales { get; }

    /// <summary>Before the output layer.</summary>
    internal virtual double Dropout => 0.2;

    [JsonIgnore]
    public override Preprocessing DefaultPreprocessing => new() { InputSize = Sizes.Input, CropFraction = (double)Sizes.Input / Sizes.Resize, Interpolation = Interpolation.Bicubic };

    internal override IReadOnlyList<NodeGroup> Describe(int classes)
    {
        int[] blocks = [.. s_table.Select(row => (int)Math.Ceiling(row.Blocks * Scales.Depth))];
        var (channels, depth) = (Wide(StemChannels), 0);
        List<NodeGroup> groups = [new("stem", ("features.0", ConvNorm.Of(new(3, channels, 3, 2, 1), new Silu())))];
        for (var stage = 1; stage <= s_table.Length; stage++)
        {
            var (row, nodes) = (s_table[stage - 1], new List<Named>());
            for (var block = 0; block < blocks[stage - 1]; block++, depth++)
            {
                nodes.Add(new($"features.{stage}.{block}", Block(channels, Wide(row.Channels), row.Expansion, row.Kernel, block == 0 ? row.Stride : 1, DeepestDrop * depth / blocks.Sum())));
                channels = Wide(row.Channels);
            }
            if (stage == s_table.Length)
                nodes.AddRange([($"features.{stage + 1}", ConvNorm.Of(new(channels, channels * LastExpansion, 1), new Silu())), ("", new GlobalPool())]);
            groups.Add(new($"stage{stage}", [.. nodes]));
        }
        groups.Add(new("head", ("", new Dropout(Dropout)), ("classifier.1", new Linear(channels * LastExpansion, classes) { Filling = Filling.Plain(classes), BiasFilling = Filling.Zero })));
        return groups;
    }

    int Wide(int channels) => MobileNetV2.Rounded(channels * Scales.Width);

    static Node Block(int channels, int output, int expansion, int kernel, int stride, double drop)
    {
        var expanded = MobileNetV2.Rounded(channels * expansion);
        List<Node> nodes =
        [
            ConvNorm.Of(new(expanded, expanded, kernel, stride, kernel / 2, expanded), new Silu()),
            new SqueezeExcite(expanded, Math.Max(1, channels / 4), new Silu(), new Sigmoid()),
            ConvNorm.Of(new(expanded, output, 1)),
        ];
        if (expanded != channels) nodes.Insert(0, ConvNorm.Of(new(channels, expanded, 1), new Silu()));
        Named[] branch = [.. nodes.Select((node, at) => new Named($"block.{at}", node))];
        return stride == 1 && channels == output ? new Residual(new Sequence([.. branch, ("", new StochasticDepth(drop))])) : new Sequence(branch);
    }
}

/// <summary>5.3 million parameters with 1000 classes, input of 224 pixels.</summary>
public sealed record EfficientNetB0 : EfficientNet
{
    internal override (int, int) Sizes => (224, 256);

    internal override (double, double) Scales => (1, 1);
}

/// <summary>7.8 million parameters with 1000 classes, input of 240 pixels.</summary>
public sealed record EfficientNetB1 : EfficientNet
{
    internal override (int, int) Sizes => (240, 256);

    internal override (double, double) Scales => (1, 1.1);
}

/// <summary>9.1 million parameters with 1000 classes, input of 288 pixels.</summary>
public sealed record EfficientNetB2 : EfficientNet
{
    internal override (int, int) Sizes => (288, 288);

    internal override (double, double) Scales => (1.1, 1.2);

    internal override double Dropout => 0.3;
}

/// <summary>12.2 million parameters with 1000 classes, input of 300 pixels.</summary>
public sealed record EfficientNetB3 : EfficientNet
{
    internal override (int, int) Sizes => (300, 320);

    internal override (double, double) Scales => (1.2, 1.4);

    internal override double Dropout => 0.3;
}

using System.Text.Json.Serialization;
using PSFineTune.Models.Nodes;
using PSFineTune.Packaging;

namespace PSFineTune.Models;

/// <summary>MobileNetV2: Inverted Residuals and Linear Bottlenecks, https://arxiv.org/abs/1801.04381; torchvision's names.</summary>
public sealed record MobileNetV2 : NetworkSpec
{
    // Stage, expansion, channels, blocks, stride of the first block: table 2 of the paper.
    static readonly (int Stage, int Expansion, int Channels, int Blocks, int Stride)[] s_table =
    [
        (1, 1, 16, 1, 1), (2, 6, 24, 2, 2), (3, 6, 32, 3, 2), (4, 6, 64, 4, 2), (5, 6, 96, 3, 1), (6, 6, 160, 3, 2), (7, 6, 320, 1, 1),
    ];

    const int StemChannels = 32, LastChannels = 1280;

    /// <summary>Multiplies every layer's channels, above 0; the last layer's only where above 1.</summary>
    public double Width { get; init; } = 1;

    [JsonIgnore]
    public override string Family => nameof(MobileNetV2);

    [JsonIgnore]
    public override Preprocessing DefaultPreprocessing => new();

    internal override IReadOnlyList<NodeGroup> Describe(int classes)
    {
        if (Width is not (> 0 and <= 16)) throw Fault.InvalidWidth(Width);
        var (channels, last) = (Rounded(StemChannels * Width), Rounded(LastChannels * Math.Max(1, Width)));
        List<NodeGroup> groups = [new("stem", ConvNorm("features.0", 3, channels, 3, 2, 1))];
        var feature = 1;
        foreach (var row in s_table)
        {
            var nodes = new List<Named>();
            for (var block = 0; block < row.Blocks; block++)
            {
                var output = Rounded(row.Channels * Width);
                nodes.Add(new($"features.{feature++}", Block(channels, output, row.Expansion, block == 0 ? row.Stride : 1)));
                channels = output;
            }
            if (row.Stage == s_table.Length) nodes.AddRange([ConvNorm($"features.{feature}", channels, last, 1, 1, 1), ("", new GlobalPool())]);
            groups.Add(new($"stage{row.Stage}", [.. nodes]));
        }
        groups.Add(new("head", ("", new Dropout(0.2)),
            ("classifier.1", new Linear(last, classes) { Filling = Filling.Normal(0.01), BiasFilling = Filling.Zero })));
        return groups;
    }

    internal override NetworkSpec FitTo(IReadOnlyDictionary<string, StoredTensor> weights)
    {
        if (!weights.TryGetValue("features.18.0.weight", out var last) || last.Shape.Length != 4) return this;
        var channels = last.Shape[1];
        return channels is > 0 and <= 5120 && channels != Rounded(s_table[^1].Channels * Width) ? this with { Width = channels / (double)s_table[^1].Channels } : this;
    }

    static Node Block(int channels, int output, int expansion, int stride)
    {
        var hidden = channels * expansion;
        var nodes = new List<Named>();
        if (expansion != 1) nodes.Add(ConvNorm("conv.0", channels, hidden, 1, 1, 1));
        nodes.Add(ConvNorm($"conv.{nodes.Count}", hidden, hidden, 3, stride, hidden));
        nodes.Add(new($"conv.{nodes.Count}", new Conv(hidden, output, 1)));
        nodes.Add(new($"conv.{nodes.Count}", new BatchNorm(output)));
        var branch = new Sequence([.. nodes]);
        return stride == 1 && channels == output ? new Residual(branch) : branch;
    }

    static Named ConvNorm(string name, int channels, int output, int kernel, int stride, int groups) => new(name, new Sequence(
        ("0", new Conv(channels, output, kernel, stride, kernel / 2, groups)), ("1", new BatchNorm(output)), ("", new Relu6())));

    /// <summary>To the nearest multiple of 8, but never more than a tenth down.</summary>
    internal static int Rounded(double channels)
    {
        var rounded = Math.Max(8, (int)(channels + 4) / 8 * 8);
        return rounded < 0.9 * channels ? rounded + 8 : rounded;
    }
}

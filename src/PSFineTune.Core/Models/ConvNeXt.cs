using System.Text.Json.Serialization;
using PSFineTune.Models.Nodes;

namespace PSFineTune.Models;

/// <summary>A ConvNet for the 2020s, https://arxiv.org/abs/2201.03545; torchvision's names.</summary>
public abstract record ConvNeXt : NetworkSpec
{
    const double Epsilon = 1e-6, FirstScale = 1e-6;

    static readonly int[] s_channels = [96, 192, 384, 768];

    // torchvision cuts the normal distribution off at 2, a hundred deviations away.
    static readonly Filling s_filling = Filling.Normal(0.02);

    [JsonIgnore]
    public override string Family => nameof(ConvNeXt);

    [JsonIgnore]
    public override Preprocessing DefaultPreprocessing => new() { CropFraction = 224.0 / Resize };

    internal override int SmallestSide => 32;

    internal override (double LearningRate, double Decay) Tuning => (1e-4, 0.5);

    /// <summary>What its blocks consist of, but for the convolution.</summary>
    internal override IReadOnlyList<string> LoraTargets => ["*.block.3.weight", "*.block.5.weight"];

    /// <summary>Shorter side before the crop that the published weights were evaluated with, pixels.</summary>
    internal abstract int Resize { get; }

    /// <summary>Blocks of each stage.</summary>
    internal abstract int[] Blocks { get; }

    /// <summary>Of leaving out the last block in training; it grows from 0 in the first along a line.</summary>
    internal abstract double Dropped { get; }

    internal override IReadOnlyList<NodeGroup> Describe(int classes)
    {
        List<NodeGroup> groups = [new("stem", ("features.0.0", Conv(3, s_channels[0], 4)), ("features.0.1", Norm(s_channels[0])))];
        for (var (stage, before) = (0, 0); stage < Blocks.Length; before += Blocks[stage++])
        {
            var (nodes, first) = (new List<Named>(), before);
            if (stage > 0) nodes.AddRange([($"features.{2 * stage}.0", Norm(s_channels[stage - 1])), ($"features.{2 * stage}.1", Conv(s_channels[stage - 1], s_channels[stage], 2))]);
            nodes.AddRange(Enumerable.Range(0, Blocks[stage]).Select(block =>
                new Named($"features.{2 * stage + 1}.{block}", Block(s_channels[stage], Dropped * (first + block) / (Blocks.Sum() - 1)))));
            // Pretrained like all before the output layer, though torchvision counts the last norm to the classifier.
            if (stage == Blocks.Length - 1) nodes.AddRange([("", new GlobalPool()), ("classifier.0", new LayerNorm(s_channels[stage], Epsilon))]);
            groups.Add(new($"stage{stage + 1}", [.. nodes]));
        }
        groups.Add(new("head", ("classifier.2", new Linear(s_channels[^1], classes) { Filling = s_filling, BiasFilling = Filling.Zero })));
        return groups;
    }

    static Residual Block(int channels, double dropped) => new(new Sequence(
        ("block.0", new Conv(channels, channels, 7, 1, 3, channels) { Bias = true, Filling = s_filling }),
        ("", new ChannelsLast(
            ("block.2", new LayerNorm(channels, Epsilon)), ("block.3", Wide(channels, 4 * channels)), ("", new Gelu()), ("block.5", Wide(4 * channels, channels)),
            ("", new LayerScale(channels, FirstScale)))),
        ("", new StochasticDepth(dropped))));

    static Linear Wide(int from, int to) => new(from, to) { Stacked = true, Filling = s_filling, BiasFilling = Filling.Zero };

    static Conv Conv(int channels, int output, int side) => new(channels, output, side, side) { Bias = true, Filling = s_filling };

    static ChannelsLast Norm(int channels) => new(("", new LayerNorm(channels, Epsilon)));
}

/// <summary>28.6 million parameters with 1000 classes.</summary>
public sealed record ConvNeXtTiny : ConvNeXt
{
    internal override int Resize => 236;

    internal override int[] Blocks => [3, 3, 9, 3];

    internal override double Dropped => 0.1;
}

/// <summary>50.2 million parameters with 1000 classes.</summary>
public sealed record ConvNeXtSmall : ConvNeXt
{
    internal override int Resize => 230;

    internal override int[] Blocks => [3, 3, 27, 3];

    internal override double Dropped => 0.4;
}

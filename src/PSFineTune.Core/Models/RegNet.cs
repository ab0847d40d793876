using System.Text.Json.Serialization;
using PSFineTune.Models.Nodes;

namespace PSFineTune.Models;

/// <summary>Designing Network Design Spaces, https://arxiv.org/abs/2003.13678, with gated channels (the paper's Y); torchvision's names.</summary>
public abstract record RegNetY : NetworkSpec
{
    const int StemChannels = 32;

    [JsonIgnore]
    public override string Family => "RegNet";

    [JsonIgnore]
    public override Preprocessing DefaultPreprocessing => new();

    /// <summary>By stage: width and count of blocks, as the paper's rule quantises them.</summary>
    internal abstract (int Width, int Blocks)[] Stages { get; }

    /// <summary>Channels that a 3 x 3 convolution looks at together.</summary>
    internal abstract int GroupWidth { get; }

    internal override IReadOnlyList<NodeGroup> Describe(int classes)
    {
        List<NodeGroup> groups = [new("stem", ("stem", ConvNorm.Of(new(3, StemChannels, 3, 2, 1), new Relu())))];
        var channels = StemChannels;
        for (var stage = 1; stage <= Stages.Length; stage++)
        {
            var ((width, blocks), nodes) = (Stages[stage - 1], new List<Named>());
            for (var block = 0; block < blocks; block++, channels = width)
                nodes.Add(new($"trunk_output.block{stage}.block{stage}-{block}", Block(channels, width, block == 0 ? 2 : 1)));
            if (stage == Stages.Length) nodes.Add(("", new GlobalPool()));
            groups.Add(new($"stage{stage}", [.. nodes]));
        }
        groups.Add(new("head", ("fc", new Linear(channels, classes) { Filling = Filling.Normal(0.01), BiasFilling = Filling.Zero })));
        return groups;
    }

    Residual Block(int channels, int width, int stride) => new(
        new Sequence(
            ("f.a", ConvNorm.Of(new(channels, width, 1), new Relu())), ("f.b", ConvNorm.Of(new(width, width, 3, stride, 1, width / GroupWidth), new Relu())),
            // Squeezed to a quarter of what the block is given, not of what it makes.
            ("f.se", new SqueezeExcite(width, channels / 4, new Relu(), new Sigmoid()) { PlainBias = true }), ("f.c", ConvNorm.Of(new(width, width, 1)))),
        stride == 1 && channels == width ? null : new Sequence(("proj", ConvNorm.Of(new(channels, width, 1, stride)))),
        Rectified: true);
}

/// <summary>0.4 billion products an image, 4.3 million parameters with 1000 classes.</summary>
public sealed record RegNetY400MF : RegNetY
{
    internal override (int, int)[] Stages => [(48, 1), (104, 3), (208, 6), (440, 6)];

    internal override int GroupWidth => 8;
}

/// <summary>1.6 billion products an image, 11.2 million parameters with 1000 classes.</summary>
public sealed record RegNetY1_6GF : RegNetY
{
    internal override (int, int)[] Stages => [(48, 2), (120, 6), (336, 17), (888, 2)];

    internal override int GroupWidth => 24;
}

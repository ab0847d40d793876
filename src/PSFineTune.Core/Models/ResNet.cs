using System.Text.Json.Serialization;
using PSFineTune.Models.Nodes;

namespace PSFineTune.Models;

/// <summary>Deep Residual Learning for Image Recognition, https://arxiv.org/abs/1512.03385; torchvision's names, stride on the 3 x 3 convolution.</summary>
public abstract record ResNet : NetworkSpec
{
    [JsonIgnore]
    public override string Family => nameof(ResNet);

    [JsonIgnore]
    public override Preprocessing DefaultPreprocessing => new();

    /// <summary>Blocks of each stage.</summary>
    internal abstract int[] Blocks { get; }

    /// <summary>Blocks are bottlenecks: 1 x 1, 3 x 3, 1 x 1 to four times the width.</summary>
    internal virtual bool Deep => false;

    internal override IReadOnlyList<NodeGroup> Describe(int classes)
    {
        var expansion = Deep ? 4 : 1;
        List<NodeGroup> groups = [new("stem", ("conv1", new Conv(3, 64, 7, 2, 3)), ("bn1", new BatchNorm(64)), ("", new Relu()), ("", new MaxPool(3, 2, 1)))];
        for (var (stage, channels) = (1, 64); stage <= Blocks.Length; stage++)
        {
            var (width, stride) = (32 << stage, stage == 1 ? 1 : 2);
            var blocks = new List<Named>();
            for (var block = 0; block < Blocks[stage - 1]; block++, (channels, stride) = (width * expansion, 1))
                blocks.Add(new($"layer{stage}.{block}", Block(channels, width, stride)));
            // What a head is given are numbers, not a map: cached they take a fiftieth.
            if (stage == Blocks.Length) blocks.Add(("", new GlobalPool()));
            groups.Add(new($"stage{stage}", [.. blocks]));
        }
        groups.Add(new("head", ("fc", new Linear(512 * expansion, classes))));
        return groups;
    }

    Residual Block(int channels, int width, int stride)
    {
        var output = Deep ? width * 4 : width;
        var shortcut = stride == 1 && channels == output ? null
            : new Sequence(("downsample.0", new Conv(channels, output, 1, stride)), ("downsample.1", new BatchNorm(output)));
        var branch = Deep
            ? new Sequence(
                ("conv1", new Conv(channels, width, 1)), ("bn1", new BatchNorm(width)), ("", new Relu()),
                ("conv2", new Conv(width, width, 3, stride, 1)), ("bn2", new BatchNorm(width)), ("", new Relu()),
                ("conv3", new Conv(width, output, 1)), ("bn3", new BatchNorm(output)))
            : new Sequence(
                ("conv1", new Conv(channels, width, 3, stride, 1)), ("bn1", new BatchNorm(width)), ("", new Relu()),
                ("conv2", new Conv(width, width, 3, 1, 1)), ("bn2", new BatchNorm(width)));
        return new(branch, shortcut, Rectified: true);
    }
}

/// <summary>18 layers, 11.7 million parameters with 1000 classes.</summary>
public sealed record ResNet18 : ResNet
{
    internal override int[] Blocks => [2, 2, 2, 2];
}

/// <summary>34 layers, 21.8 million parameters with 1000 classes.</summary>
public sealed record ResNet34 : ResNet
{
    internal override int[] Blocks => [3, 4, 6, 3];
}

/// <summary>50 layers, 25.6 million parameters with 1000 classes.</summary>
public sealed record ResNet50 : ResNet
{
    internal override int[] Blocks => [3, 4, 6, 3];

    internal override bool Deep => true;
}

/// <summary>101 layers, 44.5 million parameters with 1000 classes.</summary>
public sealed record ResNet101 : ResNet
{
    internal override int[] Blocks => [3, 4, 23, 3];

    internal override bool Deep => true;
}

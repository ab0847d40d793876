using System.Text.Json.Serialization;
using PSFineTune.Models.Nodes;

namespace PSFineTune.Models;

/// <summary>The CIFAR-10 network of section 4.2 of https://arxiv.org/abs/1512.03385, 20 layers; names of github.com/akamaster/pytorch_resnet_cifar10.</summary>
public sealed record ResNet20 : NetworkSpec
{
    const int Stages = 3, Blocks = 3, StemChannels = 16;

    [JsonIgnore]
    public override string Family => "CifarResNet";

    [JsonIgnore]
    public override Preprocessing DefaultPreprocessing => new() { InputSize = 32 };

    internal override IReadOnlyList<NodeGroup> Describe(int classes)
    {
        List<NodeGroup> groups = [new("stem", ("conv1", Conv(3, StemChannels)), ("bn1", new BatchNorm(StemChannels)), ("", new Relu()))];
        for (var (stage, channels) = (1, StemChannels); stage <= Stages; stage++)
        {
            var width = StemChannels << (stage - 1);
            var blocks = new List<Named>();
            for (var block = 0; block < Blocks; block++, channels = width) blocks.Add(new($"layer{stage}.{block}", Block(channels, width)));
            if (stage == Stages) blocks.Add(("", new GlobalPool()));
            groups.Add(new($"stage{stage}", [.. blocks]));
        }
        var last = StemChannels << (Stages - 1);
        groups.Add(new("head", ("linear", new Linear(last, classes) { Filling = Filling.FanInNormal })));
        return groups;
    }

    static Residual Block(int channels, int width) => new(
        new Sequence(
            ("conv1", Conv(channels, width, channels == width ? 1 : 2)), ("bn1", new BatchNorm(width)), ("", new Relu()),
            ("conv2", Conv(width, width)), ("bn2", new BatchNorm(width))),
        channels == width ? null : new PadShortcut(channels, width), Rectified: true);

    static Conv Conv(int channels, int output, int stride = 1) => new(channels, output, 3, stride, 1) { Filling = Filling.FanInNormal };
}

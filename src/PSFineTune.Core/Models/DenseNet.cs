using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using PSFineTune.Models.Nodes;

namespace PSFineTune.Models;

/// <summary>Densely Connected Convolutional Networks, https://arxiv.org/abs/1608.06993, 121 layers, 8.0 million parameters with 1000 classes; torchvision's names.</summary>
public sealed partial record DenseNet121 : NetworkSpec
{
    const int StemChannels = 64, Growth = 32, Bottleneck = 4 * Growth;

    static readonly int[] s_blocks = [6, 12, 24, 16];

    [JsonIgnore]
    public override string Family => "DenseNet";

    [JsonIgnore]
    public override Preprocessing DefaultPreprocessing => new();

    // Halved five times, the last by a pool that needs two.
    internal override int SmallestSide => 32;

    internal override IReadOnlyList<NodeGroup> Describe(int classes)
    {
        List<NodeGroup> groups =
        [
            new("stem", ("features.conv0", Conv(3, StemChannels, 7, stride: 2)), ("features.norm0", new BatchNorm(StemChannels)), ("", new Relu()), ("", new MaxPool(3, 2, 1))),
        ];
        var channels = StemChannels;
        for (var stage = 1; stage <= s_blocks.Length; stage++)
        {
            var nodes = new List<Named>();
            // Each layer sees what came in and what all before it have added.
            for (var layer = 1; layer <= s_blocks[stage - 1]; layer++, channels += Growth)
                nodes.Add(("", new Concat(("", new Sequence()), ($"features.denseblock{stage}.denselayer{layer}", Layer(channels)))));
            if (stage == s_blocks.Length) nodes.AddRange([($"features.norm{stage + 1}", new BatchNorm(channels)), ("", new Relu()), ("", new GlobalPool())]);
            else nodes.Add(new($"features.transition{stage}", Transition(channels, channels /= 2)));
            groups.Add(new($"stage{stage}", [.. nodes]));
        }
        groups.Add(new("head", ("classifier", new Linear(channels, classes) { BiasFilling = Filling.Zero })));
        return groups;
    }

    // The published file is older than these names: it has norm.1 for norm1.
    internal override PretrainedWeights ReadWeights(string path)
    {
        var read = base.ReadWeights(path);
        return read with { Tensors = read.Tensors.Values.Select(tensor => tensor with { Name = NameNow(tensor.Name) }).DistinctBy(tensor => tensor.Name).ToDictionary(tensor => tensor.Name) };

        string NameNow(string name) => OldName().Replace(name, "") is var now && read.Tensors.ContainsKey(now) ? name : now;
    }

    static Sequence Layer(int channels) => new(
        ("norm1", new BatchNorm(channels)), ("", new Relu()), ("conv1", Conv(channels, Bottleneck, 1)),
        ("norm2", new BatchNorm(Bottleneck)), ("", new Relu()), ("conv2", Conv(Bottleneck, Growth, 3)));

    static Sequence Transition(int channels, int output) => new(("norm", new BatchNorm(channels)), ("", new Relu()), ("conv", Conv(channels, output, 1)), ("", new AvgPool(2, 2)));

    static Conv Conv(int channels, int output, int kernel, int stride = 1) => new(channels, output, kernel, stride, kernel / 2) { Filling = Filling.FanInNormal };

    [GeneratedRegex(@"(?<=\.denselayer\d+\.(norm|conv))\.(?=[12]\.)", RegexOptions.CultureInvariant)]
    private static partial Regex OldName();
}

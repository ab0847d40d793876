using System.Text.Json.Serialization;
using PSFineTune.Models.Nodes;

namespace PSFineTune.Models;

/// <summary>SqueezeNet, https://arxiv.org/abs/1602.07360, in its version 1.1 with 2.4 times less computation; torchvision's names.</summary>
public sealed record SqueezeNet1_1 : NetworkSpec
{
    [JsonIgnore]
    public override string Family => "SqueezeNet";

    [JsonIgnore]
    public override Preprocessing DefaultPreprocessing => new();

    // Its second pool finds nothing in less than 12 pixels.
    internal override int SmallestSide => 17;

    internal override IReadOnlyList<NodeGroup> Describe(int classes) =>
    [
        new("stem", ("features.0", Conv(3, 64, 3, stride: 2)), ("", new Relu())),
        new("stage1", Pool, Fire(3, 64, 16, 64), Fire(4, 128, 16, 64)),
        new("stage2", Pool, Fire(6, 128, 32, 128), Fire(7, 256, 32, 128)),
        new("stage3", Pool, Fire(9, 256, 48, 192), Fire(10, 384, 48, 192), Fire(11, 384, 64, 256), Fire(12, 512, 64, 256)),
        new("head", ("", new Dropout(0.5)), ("classifier.1", Conv(512, classes, 1) with { Filling = Filling.Normal(0.01) }), ("", new Relu()), ("", new GlobalPool())),
    ];

    static Named Pool => new("", new MaxPool(3, 2) { CeilMode = true });

    // A narrow 1 x 1 layer, then 1 x 1 and 3 x 3 side by side.
    static Named Fire(int feature, int channels, int squeezed, int expanded) => new($"features.{feature}", new Sequence(
        ("squeeze", Conv(channels, squeezed, 1)), ("", new Relu()),
        ("", new Concat(("expand1x1", Conv(squeezed, expanded, 1)), ("expand3x3", Conv(squeezed, expanded, 3, padding: 1)))), ("", new Relu())));

    static Conv Conv(int channels, int output, int kernel, int stride = 1, int padding = 0) =>
        new(channels, output, kernel, stride, padding) { Bias = true, Filling = Filling.FanInUniform };
}

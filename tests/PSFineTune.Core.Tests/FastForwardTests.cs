using System.Text.Json;
using PSFineTune.Models;
using PSFineTune.Packaging;
using Xunit;
using static TorchSharp.torch;

namespace PSFineTune.Tests;

/// <summary>Laws of passes without gradients: what libtorch says, for every network and every part of it.</summary>
public class FastForwardTests
{
    public static TheoryData<string> EveryNetwork => ModelTests.EveryNetwork;

    [Theory, MemberData(nameof(EveryNetwork))]
    public void Gives_libtorchs_logits(string name)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        using var network = Filled(name);
        var images = FilledWeights.Image(67, 3);
        using var fast = FastForward.Of(network)!;
        var (values, shape) = fast.Run(Pixels(images), 3, 67, 67, 3);
        Assert.Equal([3, 3], shape);
        AssertNear(network.Forward(images), values);
        Assert.Equal(values, fast.Forward(images).data<float>().ToArray());
    }

    [Theory, MemberData(nameof(EveryNetwork))]
    public void Stops_and_goes_on_at_any_boundary(string name)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        using var network = Filled(name);
        var expected = FilledWeights.Image(64, 2);
        var (values, shape) = (Pixels(expected).ToArray(), new long[] { 2, 64, 64, 3 });
        for (var group = 0; group < network.Groups.Count; group++)
        {
            using var fast = FastForward.Of(network, group, group + 1)!;
            expected = network.Forward(expected, group, group + 1);
            (values, shape) = fast.Run(values, shape);
            var rows = expected.dim() == 4 ? expected.permute(0, 2, 3, 1) : expected;
            Assert.Equal(rows.shape, shape);
            AssertNear(rows, values);
        }
    }

    [Theory, MemberData(nameof(EveryNetwork))]
    public void Gives_the_same_bytes_in_any_batch_and_every_session(string name)
    {
        using var scope = NewDisposeScope();
        using var network = Filled(name);
        var pixels = Pixels(FilledWeights.Image(64, 5)).ToArray();
        using var fast = FastForward.Of(network)!;
        using var again = FastForward.Of(network)!;
        var together = fast.Run(pixels, 5, 64, 64, 3).Values;
        Assert.Equal(together, fast.Run(pixels, 5, 64, 64, 3).Values);
        Assert.Equal(together, again.Run(pixels, 5, 64, 64, 3).Values);
        var alone = pixels.Chunk(64 * 64 * 3).SelectMany(image => fast.Run(image, 1, 64, 64, 3).Values);
        Assert.Equal(together, alone);
    }

    [Fact]
    public void Keeps_the_weights_it_was_made_with()
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        using var network = Filled("ResNet20");
        var pixels = Pixels(FilledWeights.Image(32)).ToArray();
        using var fast = FastForward.Of(network)!;
        var before = fast.Run(pixels, 1, 32, 32, 3).Values;
        network.State["linear.weight"].zero_();
        Assert.Equal(before, fast.Run(pixels, 1, 32, 32, 3).Values);
    }

    [Theory]
    [InlineData("resnet18", "ResNet18"), InlineData("resnet34", "ResNet34"), InlineData("resnet50", "ResNet50"), InlineData("resnet101", "ResNet101")]
    [InlineData("mobilenet_v2", "MobileNetV2"), InlineData("squeezenet1_1", "SqueezeNet1_1")]
    public void Filled_networks_give_torchvisions_logits(string golden, string model)
    {
        using var network = Filled(model, 10);
        Compare("filled", golden, network);
    }

    [Fact]
    public void MobileNetV2_with_its_file_gives_torchvisions_logits()
    {
        using var network = new MobileNetV2().Build(1000, seed: null);
        var weights = PretrainedWeights.Read(Assets.Path("weights/mobilenet_v2.safetensors"), new MobileNetV2());
        network.Load(weights.Tensors, keepHead: true, weights.Source);
        Compare("file", "mobilenet_v2.safetensors", network);
    }

    static void Compare(string kind, string name, Classifier network)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Assets.Path("goldens/networks.json")));
        var golden = json.RootElement.GetProperty(kind).GetProperty(name);
        var size = golden.GetProperty("size").GetInt32();
        using var scope = NewDisposeScope();
        using var fast = FastForward.Of(network)!;
        var logits = fast.Run(Pixels(FilledWeights.Image(size)), 1, size, size, 3).Values;
        AssertNear([.. golden.GetProperty("logits").EnumerateArray().Select(value => value.GetSingle())], logits[..10], logits.Max(Math.Abs));
    }

    static Classifier Filled(string name, int classes = 3) => FilledWeights.Build((NetworkSpec)Catalog<ModelSpec>.Create(name), classes);

    static ReadOnlySpan<float> Pixels(Tensor images) => images.permute(0, 2, 3, 1).contiguous().data<float>().ToArray();

    static void AssertNear(Tensor expected, float[] actual) => AssertNear(expected.contiguous().data<float>().ToArray(), actual, expected.abs().max().item<float>());

    static void AssertNear(float[] expected, float[] actual, float largest)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.InRange(expected.Zip(actual, (one, other) => Math.Abs(one - other)).Max(), 0, 1e-4 * largest);
    }
}

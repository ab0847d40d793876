using System.Text.Json;
using PSFineTune.Models;
using PSFineTune.Packaging;
using Xunit;
using static TorchSharp.torch;

namespace PSFineTune.Tests;

/// <summary>The same numbers as other implementations of the same networks.</summary>
public class ModelGoldenTests
{
    [Theory]
    [InlineData("resnet18", "ResNet18"), InlineData("resnet34", "ResNet34"), InlineData("resnet50", "ResNet50"), InlineData("resnet101", "ResNet101")]
    [InlineData("mobilenet_v2", "MobileNetV2"), InlineData("squeezenet1_1", "SqueezeNet1_1")]
    [InlineData("mobilenet_v3_small", "MobileNetV3Small"), InlineData("mobilenet_v3_large", "MobileNetV3Large"), InlineData("efficientnet_b0", "EfficientNetB0")]
    [InlineData("convnext_tiny", "ConvNeXtTiny"), InlineData("vit_b_16", "ViTB16")]
    public void Filled_networks_give_torchvisions_logits(string golden, string model)
    {
        var expected = Golden("filled", golden);
        using var classifier = FilledWeights.Build(Spec(model), 10);
        Compare(expected, classifier);
    }

    [Fact]
    public void MobileNetV2_with_its_file_gives_torchvisions_logits()
    {
        using var classifier = new MobileNetV2().Build(1000, seed: null);
        var weights = PretrainedWeights.Read(Assets.Path("weights/mobilenet_v2.safetensors"), new MobileNetV2());
        classifier.Load(weights.Tensors, keepHead: true, weights.Source);
        Compare(Golden("file", "mobilenet_v2.safetensors"), classifier);
    }

    // Made with PyTorch 1.13 from a plain transcription of the paper's network with option A shortcuts
    // (x[:, :, ::2, ::2] padded by a quarter of the new width before and after), FilledWeights' rule, 10 classes, 32 x 32.
    [Fact]
    public void ResNet20_gives_PyTorchs_logits()
    {
        double[] expected = [0.11946151, 0.0038655498, -0.12313841, 0.021737799, 0.23467551, 0.17736271, -0.031137623, -0.026894763, 0.15729204, 0.15319178];
        using var classifier = FilledWeights.Build(new ResNet20(), 10);
        AssertNear(expected, Logits(classifier, 32), expected.Max(Math.Abs));
    }

    [Fact]
    public void ResNet18_has_torchvisions_names_and_shapes()
    {
        var expected = File.ReadLines(Assets.Path("weights/resnet18.torchvision-keys.txt")).Where(line => line.Length > 0);
        var specs = new ResNet18().Tensors(1000).Select(spec => $"{spec.Name}\t({string.Join(", ", spec.Shape)}{(spec.Shape.Length == 1 ? "," : "")})");
        Assert.Equal(expected.Order(StringComparer.Ordinal), specs.Order(StringComparer.Ordinal));
    }

    static NetworkSpec Spec(string model) => (NetworkSpec)Catalog<ModelSpec>.Create(model);

    static JsonElement Golden(string kind, string name)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Assets.Path("goldens/networks.json")));
        return json.RootElement.GetProperty(kind).GetProperty(name).Clone();
    }

    internal static void Compare(JsonElement golden, Classifier classifier)
    {
        Assert.Equal(golden.GetProperty("tensors").GetInt32(), classifier.State.Count);
        Assert.Equal(golden.GetProperty("parameters").GetInt64(), classifier.Parameters.Sum(pair => pair.Spec.Elements));
        var logits = Logits(classifier, golden.GetProperty("size").GetInt32());
        var largest = logits.Max(Math.Abs);
        AssertNear([.. golden.GetProperty("logits").EnumerateArray().Select(value => value.GetDouble())], logits[..10], largest);
        Assert.InRange(logits.Sum() - golden.GetProperty("sum").GetDouble(), -1e-4 * largest * logits.Length, 1e-4 * largest * logits.Length);
        Assert.InRange(logits.Sum(Math.Abs) - golden.GetProperty("abs").GetDouble(), -1e-4 * largest * logits.Length, 1e-4 * largest * logits.Length);
    }

    static void AssertNear(double[] expected, double[] actual, double largest) =>
        Assert.All(expected.Zip(actual), pair => Assert.InRange(pair.Second - pair.First, -1e-4 * largest, 1e-4 * largest));

    static double[] Logits(Classifier classifier, int size)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        return [.. classifier.Forward(FilledWeights.Image(size)).data<float>().ToArray().Select(value => (double)value)];
    }
}

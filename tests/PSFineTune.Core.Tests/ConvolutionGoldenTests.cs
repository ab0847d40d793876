using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using PSFineTune.Models;
using Xunit;
using static TorchSharp.torch;

namespace PSFineTune.Tests;

/// <summary>The same names, numbers and images as torchvision's: Goldens/convolutions.py.</summary>
public class ConvolutionGoldenTests
{
    static readonly JsonElement s_goldens = Read();

    public static TheoryData<string> EveryGolden => [.. s_goldens.EnumerateObject().Where(golden => golden.Value.ValueKind == JsonValueKind.Object).Select(golden => golden.Name)];

    [Theory, MemberData(nameof(EveryGolden))]
    public void Names_shapes_and_counts_are_torchvisions(string name)
    {
        var (golden, tensors) = (s_goldens.GetProperty(name), Spec(name).Tensors(1000));
        Assert.Equal(golden.GetProperty("tensors").GetInt32(), tensors.Count);
        Assert.Equal(golden.GetProperty("parameters").GetInt64(), tensors.Where(tensor => tensor.Role == TensorRole.Parameter).Sum(tensor => tensor.Elements));
        var lines = tensors.Select(tensor => $"{tensor.Name} {string.Join(',', tensor.Shape)}\n").Order(StringComparer.Ordinal);
        Assert.Equal(golden.GetProperty("names").GetString(), Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(lines)))), ignoreCase: true);
    }

    [Theory, MemberData(nameof(EveryGolden))]
    public void Images_are_prepared_as_for_the_published_weights(string name)
    {
        var (golden, ours) = (s_goldens.GetProperty(name).GetProperty("preset"), Spec(name).DefaultPreprocessing!);
        Assert.Equal((golden.GetProperty("resize").GetInt32(), golden.GetProperty("crop").GetInt32()), (ours.ResizeSize, ours.InputSize));
        Assert.Equal(golden.GetProperty("interpolation").GetString(), ours.Interpolation.ToString(), ignoreCase: true);
        Assert.Equal(Numbers(golden.GetProperty("mean")), ours.Mean);
        Assert.Equal(Numbers(golden.GetProperty("std")), ours.Std);
    }

    [Theory, MemberData(nameof(EveryGolden))]
    public void Filled_networks_give_torchvisions_logits_gradients_and_statistics(string name)
    {
        using var scope = NewDisposeScope();
        using var network = FilledWeights.Build(Spec(name), 10);
        var two = FilledWeights.Image(64, 2);
        network.Forward(two).square().sum().backward();
        var slope = network.Parameters.Sum(pair => (double)pair.Parameter.grad!.abs().sum().item<float>());
        Assert.Equal(1, slope / s_goldens.GetProperty(name).GetProperty("slope").GetDouble(), 1e-3);

        using var still = no_grad();
        var (golden, images) = (s_goldens.GetProperty(name), FilledWeights.Image(224));
        AssertNear(golden, network.Forward(images).data<float>().ToArray());
        using (var fast = FastForward.Of(network)!) AssertNear(golden, fast.Forward(images).data<float>().ToArray());

        // Frozen, so that nothing is dropped, but for batch norm, which follows the batch: its momentum and its place.
        foreach (var (_, parameter) in network.Parameters) parameter.requires_grad = false;
        (network.Training, network.FrozenNormTrains) = (true, _ => true);
        network.Forward(two, 0, network.Groups.Count - 1);
        Assert.Equal(1, Sum("running_mean") / golden.GetProperty("means").GetDouble(), 1e-2);
        Assert.Equal(1, Sum("running_var") / golden.GetProperty("variances").GetDouble(), 1e-2);

        double Sum(string leaf) => network.State.Where(pair => pair.Key.EndsWith(leaf, StringComparison.Ordinal)).Sum(pair => (double)pair.Value.abs().sum().item<float>());
    }

    static void AssertNear(JsonElement golden, float[] logits)
    {
        var largest = logits.Max(Math.Abs);
        Assert.All(Numbers(golden.GetProperty("logits")).Zip(logits), pair => Assert.InRange(pair.Second - pair.First, -1e-4 * largest, 1e-4 * largest));
        Assert.InRange(logits.Sum() - golden.GetProperty("sum").GetDouble(), -1e-3 * largest, 1e-3 * largest);
        Assert.InRange(logits.Sum(Math.Abs) - golden.GetProperty("abs").GetDouble(), -1e-3 * largest, 1e-3 * largest);
    }

    static double[] Numbers(JsonElement list) => [.. list.EnumerateArray().Select(value => value.GetDouble())];

    static NetworkSpec Spec(string name) => (NetworkSpec)Catalog<ModelSpec>.Create(name);

    static JsonElement Read()
    {
        using var json = JsonDocument.Parse(typeof(ConvolutionGoldenTests).Assembly.GetManifestResourceStream("convolutions.json")!);
        return json.RootElement.Clone();
    }
}

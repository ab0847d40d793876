using PSFineTune.Augment;
using PSFineTune.Models;
using PSFineTune.Models.Nodes;
using PSFineTune.Packaging;
using PSFineTune.Training;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace PSFineTune.Tests;

/// <summary>What the pieces of convolutional networks do beyond their goldens.</summary>
public class ConvolutionTests
{
    static ConvolutionTests() => PSFineTune.Native.TorchRuntime.Ensure();

    static readonly string[] s_families = ["MobileNetV3Small", "EfficientNetB0", "DenseNet121", "RegNetY400MF"];

    public static TheoryData<string> EveryFamily => [.. s_families];

    [Fact]
    public void Stochastic_depth_drops_whole_samples_by_the_noise_and_keeps_the_mean()
    {
        using var scope = NewDisposeScope();
        using var network = Dropping(0.25);
        var once = Run(network, 1);
        Assert.Equal(once, Run(network, 1));
        Assert.NotEqual(once, Run(network, 2));
        Assert.All(once.Chunk(12), sample => Assert.Single(sample.Distinct()));
        Assert.Equal(2, once.Distinct().Count());
        Assert.Contains(0, once);
        Assert.InRange(once.Count(value => value == 0), 0.22 * once.Length, 0.28 * once.Length);
        Assert.InRange(once.Average(), 0.96f, 1.04f);
        network.Training = false;
        Assert.All(Run(network, 1), value => Assert.Equal(1, value));
    }

    [Fact]
    public void Behind_layers_that_stay_nothing_is_dropped_nor_drawn()
    {
        using var scope = NewDisposeScope();
        using var network = Dropping(0.25);
        network.Parameters.Single().Parameter.requires_grad = false;
        Assert.All(Run(network, 1), value => Assert.Equal(1, value));
        Assert.Equal(RandomStream.For(1, 1, "noise").Next(), network.Noise.Next());
    }

    [Fact]
    public void Depth_is_dropped_linearly_over_the_blocks()
    {
        double[] drops = [.. new EfficientNetB0().Describe(3).SelectMany(group => Below(group.Body)).OfType<StochasticDepth>().Select(node => node.Probability)];
        // Sixteen blocks, of which nine have a shortcut: 2 of stage 2 and 3, 3 of 4 and 5, 4 of 6, each but the first.
        Assert.Equal(new[] { 2, 4, 6, 7, 9, 10, 12, 13, 14 }.Select(block => 0.2 * block / 16), drops);
    }

    [Theory, MemberData(nameof(EveryFamily))]
    public void Products_are_bfloat16_where_asked_and_near_those_of_float32(string name)
    {
        using var scope = NewDisposeScope();
        using var network = Spec(name).Build(3, 1);
        network.Training = true;
        var images = FilledWeights.Image(64, 8);
        var (exact, gradient) = Pass(Precision.Float32);
        var (near, rounded) = Pass(Precision.BFloat16);
        Assert.Equal((float32, bfloat16), (exact.dtype, near.dtype));
        // Batch norm over few values makes much of what is rounded.
        Assert.InRange(Cosine(exact, near.to_type(float32)), 0.8, 1.001);
        Assert.InRange(Cosine(gradient, rounded), 0.8, 1.001);

        static float Cosine(Tensor x, Tensor y) => ((x * y).sum() / (x.norm() * y.norm())).item<float>();

        (Tensor Logits, Tensor Gradient) Pass(Precision precision)
        {
            (network.Precision, network.Noise) = (precision, RandomStream.For(1, 1, "noise"));
            foreach (var (_, parameter) in network.Parameters) parameter.grad = null;
            var logits = network.Forward(images);
            logits.to_type(float32).square().sum().backward();
            return (logits, network.Parameters.Last(pair => pair.Spec.Shape.Length == 2).Parameter.grad!.clone());
        }
    }

    [Fact]
    public void DenseNets_published_names_are_read_as_those_of_now()
    {
        using var folder = new TempFolder();
        using var network = new DenseNet121().Build(3, 1);
        Safetensors.WriteFile(folder["old.safetensors"], network.Store().Select(tensor => tensor with { Name = tensor.Name.Replace("norm1.", "norm.1.").Replace("norm2.", "norm.2.").Replace("conv1.", "conv.1.").Replace("conv2.", "conv.2.") }).OrderBy(tensor => tensor.Name, StringComparer.Ordinal), new Dictionary<string, string>());
        using var other = new DenseNet121().Build(3, 2);
        var weights = new DenseNet121().ReadWeights(folder["old.safetensors"]);
        Assert.All(weights.Tensors, pair => Assert.Equal(pair.Key, pair.Value.Name));
        other.Load(weights.Tensors, keepHead: true, weights.Source);
        Assert.Equal(network.WeightsHash(), other.WeightsHash());
    }

    [Fact]
    public void A_crop_that_the_publisher_names_scales_with_the_input_and_survives_files()
    {
        var b2 = new EfficientNetB2().DefaultPreprocessing;
        Assert.Equal((288, 96, 320), (b2.ResizeSize, (b2 with { InputSize = 96 }).ResizeSize, (b2 with { CropFraction = 288.0 / 320 }).ResizeSize));
        Assert.All(Enumerable.Range(224, 600), side => Assert.Equal(side, (b2 with { InputSize = 224, CropFraction = 224.0 / side }).ResizeSize));
        Assert.NotEqual(b2, b2 with { CropFraction = null });
        Assert.Equal(b2, PlanJson.ReadStrict<Preprocessing>(PlanJson.Write(b2)));
        Assert.Equal(b2, PreprocessingNote.Read(PreprocessingNote.Of(b2), new(), "x"));
        var evaluated = AugmentPreset.Evaluation(b2).Ops;
        Assert.Equal(new Resize { Size = 288, Interpolation = Interpolation.Bicubic }, evaluated[0]);
        Assert.Equal(new CenterCrop { Size = 288 }, evaluated[1]);
    }

    [Fact]
    public void A_crop_that_nobody_names_is_what_it_was()
    {
        Assert.Equal((256, 36, 109), (new Preprocessing().ResizeSize, new Preprocessing { InputSize = 32 }.ResizeSize, new Preprocessing { InputSize = 96 }.ResizeSize));
        var json = PlanJson.WriteLine(new Preprocessing());
        Assert.DoesNotContain("crop", json, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(new(), PlanJson.ReadStrict<Preprocessing>(json));
    }

    [Theory, InlineData("0"), InlineData("1.5"), InlineData("-1"), InlineData("0.001"), InlineData("\"NaN\"")]
    public void A_crop_that_cannot_be_is_refused(string fraction)
    {
        var json = PlanJson.WriteLine(new EfficientNetB0().DefaultPreprocessing).Replace("0.875", fraction);
        Assert.Contains(fraction, json);
        Assert.Equal("InvalidSafetensors", Assert.Throws<FineTuneException>(() => PreprocessingNote.Read(new Dictionary<string, string> { [PreprocessingNote.Key] = json }, new(), "x")).Id);
        var plan = new TrainingPlan { Preprocessing = PlanJson.Read<Preprocessing>(json) };
        Assert.Contains("CropFraction", Assert.Throws<FineTuneException>(() => PlanCheck.Settings(plan)).Message);
    }

    static Classifier Dropping(double probability) =>
        new([new("stem", ("same", new Conv(3, 3, 1, 1, 0, 3) { Filling = Filling.One }), ("", new StochasticDepth(probability))), new("head")], 1) { Training = true };

    static float[] Run(Classifier network, int step)
    {
        network.Noise = RandomStream.For(1, step, "noise");
        return network.Forward(ones(4000, 3, 2, 2)).detach().contiguous().data<float>().ToArray();
    }

    static IEnumerable<Node> Below(Node node) => node.Inner.SelectMany(inner => Below(inner.Node)).Append(node);

    static NetworkSpec Spec(string name) => (NetworkSpec)Catalog<ModelSpec>.Create(name);
}

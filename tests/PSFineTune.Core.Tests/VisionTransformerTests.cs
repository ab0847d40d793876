using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using PSFineTune.Models;
using PSFineTune.Models.Nodes;
using PSFineTune.Packaging;
using PSFineTune.Training;
using Xunit;
using static TorchSharp.torch;

namespace PSFineTune.Tests;

/// <summary>ConvNeXt and vision transformers beside torchvision's: Goldens/vision-transformers.py.</summary>
public sealed class VisionTransformerTests : IDisposable
{
    static VisionTransformerTests() => PSFineTune.Native.TorchRuntime.Ensure();

    static readonly JsonElement s_golden = JsonDocument.Parse(typeof(VisionTransformerTests).Assembly.GetManifestResourceStream("vision-transformers.json")!).RootElement;

    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory, InlineData("ViTTi16"), InlineData("ViTS16"), InlineData("ConvNeXtSmall")]
    public void Filled_networks_give_torchvisions_logits_by_libtorch_and_by_ONNX_Runtime(string model)
    {
        using var network = Filled(model, 10);
        var golden = s_golden.GetProperty("filled").GetProperty(model);
        ModelGoldenTests.Compare(golden, network);
        AssertFast(network, golden);
    }

    [Theory, InlineData("larger"), InlineData("smaller")]
    public void Another_image_size_gives_what_torchvisions_interpolated_weights_give(string golden)
    {
        using var network = Filled("ViTTi16", 10);
        var expected = s_golden.GetProperty("resized").GetProperty(golden);
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var size = expected.GetProperty("size").GetInt32();
        AssertNear(Logits(expected), network.Forward(FilledWeights.Image(size)).data<float>().ToArray());
        AssertFast(network, expected);
    }

    [Theory, InlineData("ViTTi16"), InlineData("ViTS16"), InlineData("ViTB16"), InlineData("ConvNeXtTiny"), InlineData("ConvNeXtSmall")]
    public void Names_and_shapes_are_torchvisions(string model)
    {
        var lines = Spec(model).Tensors(1000).Select(spec => $"{spec.Name} {string.Join('x', spec.Shape)}").Order(StringComparer.Ordinal);
        Assert.Equal(s_golden.GetProperty("names").GetProperty(model).GetString(), Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', lines)))));
    }

    [Theory, InlineData("ConvNeXtTiny", 28_589_128), InlineData("ConvNeXtSmall", 50_223_688), InlineData("ViTTi16", 5_717_416), InlineData("ViTS16", 22_050_664), InlineData("ViTB16", 86_567_656)]
    public void They_have_as_many_parameters_as_published(string model, long parameters) => Assert.Equal(parameters, ArchitectureInfo.Of(Spec(model)).Parameters);

    [Fact]
    public void Files_of_older_programs_and_of_other_image_sizes_load()
    {
        using var network = new ViTTi16 { ImageSize = 96 }.Build(3, 1);
        var path = _folder["old.safetensors"];
        Safetensors.WriteFile(path, network.Store().Select(tensor => tensor with { Name = tensor.Name.Replace("mlp.0", "mlp.linear_1").Replace("mlp.3", "mlp.linear_2") }));
        var plan = SourceNetwork.Describe(new(), new ViTTi16(), path);
        Assert.Equal(new ViTTi16 { ImageSize = 96 }, plan.Model);
        Assert.Equal(96, plan.Preprocessing!.InputSize);
        using var loaded = SourceNetwork.Target((NetworkSpec)plan.Model!, plan, 5);
        Assert.True(loaded.State["encoder.layers.encoder_layer_7.mlp.3.weight"].equal(network.State["encoder.layers.encoder_layer_7.mlp.3.weight"]).all().item<bool>());
        Assert.Equal([1, 37, 192], loaded.State["encoder.pos_embedding"].shape);
        Assert.NotEqual(0, loaded.State["heads.head.weight"].abs().sum().item<float>());
    }

    [Fact]
    public void Places_of_no_grid_and_images_too_small_are_refused()
    {
        Assert.Equal("BadPlanSetting", Assert.Throws<FineTuneException>(() => new ViTTi16 { ImageSize = 100 }.Tensors(3)).Id);
        var plan = new TrainingPlan { Model = new ConvNeXtTiny(), Preprocessing = new() { InputSize = 31 } };
        Assert.Contains("32 to 4096", Assert.Throws<FineTuneException>(() => PlanCheck.Settings(plan)).Message);
        PlanCheck.Settings(plan with { Preprocessing = new() { InputSize = 32 } });
    }

    // ConvNeXt's blocks are left out the more the deeper they are.
    [Fact]
    public void Networks_train_with_the_probabilities_that_were_published()
    {
        var depths = new ConvNeXtTiny().Describe(3).SelectMany(group => group.Nodes).Select(node => node.Node).OfType<Residual>().Select(block => ((Sequence)block.Branch).Nodes[^1].Node).Cast<StochasticDepth>().Select(depth => depth.Probability).ToList();
        Assert.Equal(18, depths.Count);
        Assert.Equal((0, 0.1), (depths[0], depths[^1]));
        Assert.All(depths.Zip(depths.Skip(1)), pair => Assert.Equal(0.1 / 17, pair.Second - pair.First, 1e-12));
    }

    static void AssertFast(Classifier network, JsonElement golden)
    {
        using var scope = NewDisposeScope();
        using var fast = FastForward.Of(network)!;
        AssertNear(Logits(golden), fast.Forward(FilledWeights.Image(golden.GetProperty("size").GetInt32())).data<float>().ToArray());
    }

    static float[] Logits(JsonElement golden) => [.. golden.GetProperty("logits").EnumerateArray().Select(value => value.GetSingle())];

    static void AssertNear(float[] expected, float[] actual) => Assert.InRange(expected.Zip(actual, (one, other) => Math.Abs(one - other)).Max(), 0, 1e-4 * expected.Max(Math.Abs));

    static NetworkSpec Spec(string name) => (NetworkSpec)Catalog<ModelSpec>.Create(name);

    static Classifier Filled(string name, int classes) => FilledWeights.Build(Spec(name), classes);
}

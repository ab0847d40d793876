using System.Text.Json;
using PSFineTune.Attributions;
using PSFineTune.Models;
using PSFineTune.Packaging;
using PSFineTune.Training;
using Xunit;
using static TorchSharp.torch;

namespace PSFineTune.Tests;

/// <summary>Where networks of images look, by their maps.</summary>
public class GradCamTests
{
    static GradCamTests() => PSFineTune.Native.TorchRuntime.Ensure();

    public static TheoryData<string> EveryNetwork => [.. ModelTests.EveryNetwork.Select(row => row.Data).Where(name => (NetworkSpec)Catalog<ModelSpec>.Create(name) is not VisionTransformer)];

    // By PyTorch 1.13's autograd: Goldens/gradcam.py.
    [Theory, InlineData("ResNet20"), InlineData("MobileNetV2")]
    public void Maps_are_PyTorchs(string name)
    {
        using var json = JsonDocument.Parse(typeof(GradCamTests).Assembly.GetManifestResourceStream("gradcam.json")!);
        var golden = json.RootElement.GetProperty(name);
        var (size, label) = (golden.GetProperty("size").GetInt32(), golden.GetProperty("label").GetInt32());
        using var predictor = Predictor(name, 10, filled: true);
        using var images = FilledWeights.Image(size);
        foreach (var layer in golden.GetProperty("maps").EnumerateObject())
        {
            using var explainer = new GradCam { Layer = layer.Name }.OfImages(predictor, size);
            var found = explainer.Explain(images, label, default);
            Assert.Equal((layer.Value.GetProperty("width").GetInt32(), layer.Value.GetProperty("height").GetInt32()), (found.Width, found.Height));
            var most = layer.Value.GetProperty("most").GetDouble();
            Assert.Equal(most, found.Maps[0].Max(), 1e-3 * most);
            Assert.All(layer.Value.GetProperty("values").EnumerateArray().Select(value => value.GetDouble()).Zip(found.Maps[0]), pair => Assert.Equal(pair.First, pair.Second / most, 1e-3));
        }
    }

    [Theory, MemberData(nameof(EveryNetwork))]
    public void Every_map_of_every_network_explains_and_changes_nothing(string name)
    {
        using var predictor = Predictor(name, 3);
        var network = predictor.Network;
        var before = network.WeightsHash();
        using var images = FilledWeights.Image(64, 2);
        using (var usual = new GradCam().OfImages(predictor, 64))
        {
            Assert.Contains(usual.Layer, network.MapGroups);
            Assert.NotEqual("head", usual.Layer);
            var found = usual.Explain(images, null, default);
            Assert.True(found.Width * found.Height > 1, $"{usual.Layer} has {found.Width} x {found.Height} fields");
        }
        Assert.Equal("stem", network.MapGroups[0]);
        foreach (var layer in network.MapGroups)
        {
            using var explainer = new GradCam { Layer = layer.ToUpperInvariant() }.OfImages(predictor, 64);
            Assert.Equal(layer, explainer.Layer);
            var found = explainer.Explain(images, 1, default);
            Assert.Equal([1, 1], found.Labels);
            Assert.All(found.Maps, map => Assert.Equal(found.Width * found.Height, map.Length));
            Assert.All(found.Maps.SelectMany(map => map), value => Assert.True(value >= 0 && double.IsFinite(value)));
            Assert.All(found.Scores, scores => Assert.Equal(1, scores.Sum(), 1e-5f));
        }
        Assert.Equal(before, network.WeightsHash());
        Assert.All(network.Parameters, pair => Assert.Null(pair.Parameter.grad));
    }

    [Fact]
    public void A_network_without_maps_says_what_works()
    {
        using var predictor = Predictor("ViTTi16", 3);
        Assert.Empty(predictor.Network.MapGroups);
        var fault = Assert.Throws<FineTuneException>(() => new GradCam().OfImages(predictor, 64));
        Assert.Equal("NoMaps", fault.Id);
        Assert.Contains("Occlusion", fault.RecommendedAction);
        Assert.Equal("NoMaps", Assert.Throws<FineTuneException>(() => new GradCam { Layer = "layer3" }.OfImages(predictor, 64)).Id);
    }

    [Theory, MemberData(nameof(EveryNetwork))]
    public void From_a_map_the_network_goes_on_as_it_runs_whole(string name)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        using var predictor = Predictor(name, 3);
        var images = FilledWeights.Image(64, 2);
        var whole = predictor.Network.Forward(images);
        for (var group = 0; group < predictor.Network.Groups.Count; group++)
            if (predictor.Network.MapGroups.Contains(predictor.Network.Groups[group]))
                Assert.True(whole.equal(predictor.Network.FromMap(predictor.Network.MapOf(images, group), group)).all().item<bool>());
    }

    [Fact]
    public void An_image_is_explained_alike_alone_and_among_others()
    {
        using var predictor = Predictor("ResNet20", 3, filled: true);
        using var explainer = new GradCam().OfImages(predictor, 32);
        using var images = FilledWeights.Image(32, 3);
        using var second = images.narrow(0, 1, 1);
        var (together, alone) = (explainer.Explain(images, null, default), explainer.Explain(second, null, default));
        Assert.Equal(together.Labels[1], alone.Labels[0]);
        Assert.All(together.Maps[1].Zip(alone.Maps[0]), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }

    [Fact]
    public void Layers_without_a_map_are_refused_with_those_that_have_one()
    {
        using var predictor = Predictor("ResNet20", 3);
        var flat = Assert.Throws<FineTuneException>(() => new GradCam { Layer = "head" }.OfImages(predictor, 32));
        Assert.Equal("FlatLayer", flat.Id);
        Assert.Contains("stem, stage1, stage2, stage3", flat.Message);
        var unknown = Assert.Throws<FineTuneException>(() => new GradCam { Layer = "stage9" }.OfImages(predictor, 32));
        Assert.Equal("UnknownName", unknown.Id);
        Assert.Contains("stem, stage1, stage2, stage3, head", unknown.Message);
        Assert.Equal("MethodHasNoLayer", Assert.Throws<FineTuneException>(() => new Occlusion().At("stage1")).Id);
    }

    internal static NetworkPredictor Predictor(string name, int classes, bool filled = false)
    {
        var spec = (NetworkSpec)Catalog<ModelSpec>.Create(name);
        var network = filled ? FilledWeights.Build(spec, classes) : spec.Build(classes, 1);
        return new(network, source => spec.NewReader(source, spec.DefaultPreprocessing, new(), ModelParts.None), classes);
    }
}

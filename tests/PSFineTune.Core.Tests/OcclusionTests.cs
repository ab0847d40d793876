using PSFineTune.Attributions;
using PSFineTune.Models;
using PSFineTune.Packaging;
using Xunit;
using static TorchSharp.torch;

namespace PSFineTune.Tests;

/// <summary>What hiding parts tells of networks whose eyes are known.</summary>
public class OcclusionTests
{
    static OcclusionTests() => PSFineTune.Native.TorchRuntime.Ensure();

    public static TheoryData<string> EveryNetwork => ModelTests.EveryNetwork;

    // Random weights see where there is light; light stands in one corner alone, and elsewhere the image is the mean already.
    [Theory, InlineData(0, 0), InlineData(24, 24), InlineData(24, 0)]
    public void Heat_is_where_the_light_is_and_nowhere_else(int left, int top)
    {
        using var predictor = GradCamTests.Predictor("ResNet20", 3);
        using var scope = NewDisposeScope();
        var plain = zeros(1, 3, 32, 32);
        plain.narrow(2, top, 8).narrow(3, left, 8).fill_(3f);
        var image = Classifier.ChannelsLast(plain);
        using var explainer = new Occlusion { PatchSize = 4, Stride = 4 }.OfImages(predictor, 32);
        // One class of three gains by it at least.
        var found = Enumerable.Range(0, 3).Select(label => explainer.Explain(image, label, default)).MaxBy(seen => seen.Maps[0].Max())!;
        Assert.Equal((8, 8), (found.Width, found.Height));
        for (var field = 0; field < 64; field++)
        {
            var within = field % 8 * 4 >= left && field % 8 * 4 < left + 8 && field / 8 * 4 >= top && field / 8 * 4 < top + 8;
            if (!within) Assert.Equal(0, found.Maps[0][field]);
        }
        Assert.True(found.Maps[0].Max() > 0);
    }

    [Fact]
    public void The_fall_is_that_of_the_probability()
    {
        using var predictor = GradCamTests.Predictor("ResNet20", 3);
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var image = FilledWeights.Image(32);
        using var explainer = new Occlusion { PatchSize = 16, Stride = 16 }.OfImages(predictor, 32);
        var found = explainer.Explain(image, null, default);
        Assert.Equal((2, 2), (found.Width, found.Height));
        for (var field = 0; field < 4; field++)
        {
            var hidden = image.clone();
            hidden.narrow(2, field / 2 * 16, 16).narrow(3, field % 2 * 16, 16).zero_();
            var fall = found.Scores[0][found.Labels[0]] - nn.functional.softmax(predictor.Network.Forward(hidden), 1)[0, found.Labels[0]].item<float>();
            Assert.Equal(Math.Max(0, fall), found.Maps[0][field], 1e-5);
        }
    }

    [Theory, MemberData(nameof(EveryNetwork))]
    public void Every_network_is_explained_and_stays_as_it_is(string name)
    {
        using var predictor = GradCamTests.Predictor(name, 3);
        var before = predictor.Network.WeightsHash();
        using var images = FilledWeights.Image(64, 2);
        using var copy = images.clone();
        using var explainer = new Occlusion { PatchSize = 40, Stride = 25 }.OfImages(predictor, 64);
        var found = explainer.Explain(images, 2, default);
        Assert.Null(explainer.Layer);
        Assert.Equal((3, 3, 2), (found.Width, found.Height, found.Maps.Length));
        Assert.All(found.Maps.SelectMany(map => map), value => Assert.InRange(value, 0, 1));
        Assert.Equal(before, predictor.Network.WeightsHash());
        Assert.True(images.equal(copy).all().item<bool>());
    }

    [Fact]
    public void A_sure_model_is_explained_too()
    {
        using var predictor = GradCamTests.Predictor("ResNet20", 2);
        using var scope = NewDisposeScope();
        using (no_grad())
        {
            predictor.Network.State["linear.weight"].mul_(tensor(0.1f));
            predictor.Network.State["linear.bias"].copy_(tensor(new[] { 0f, 30f }));
        }
        using var explainer = new Occlusion { PatchSize = 8, Stride = 8 }.OfImages(predictor, 32);
        var found = explainer.Explain(FilledWeights.Image(32), 1, default);
        Assert.Equal(1f, found.Scores[0][1]);
        Assert.InRange(found.Maps[0].Max(), 1e-16, 1e-9);
    }

    [Fact]
    public void Settings_out_of_range_are_refused()
    {
        foreach (var wrong in (Occlusion[])[new() { PatchSize = 0 }, new() { Stride = 0 }, new() { PatchSize = 4, Stride = 5 }])
            Assert.Equal("BadPlanSetting", Assert.Throws<FineTuneException>(wrong.Validate).Id);
        new Occlusion { PatchSize = 4, Stride = 4 }.Validate();
        new Occlusion { Stride = 5 }.Validate();
    }
}

using PSFineTune.Models;
using PSFineTune.Packaging;
using PSFineTune.Training;
using Xunit;
using static TorchSharp.torch;

namespace PSFineTune.Tests;

/// <summary>Low-rank adaptation of networks of images: weights that hold several layers, and layers of maps.</summary>
public class ImageLoraTests
{
    static ImageLoraTests() => PSFineTune.Native.TorchRuntime.Ensure();

    [Theory]
    [InlineData("ViTTi16", 24), InlineData("ConvNeXtTiny", 36), InlineData("ViTTi16", 24, "*.mlp.0.weight", "*.mlp.3.weight"), InlineData("ViTTi16", 48, "query", "key", "value", "out_proj")]
    public void What_is_kept_is_what_was_trained(string model, int layers, params string[] target)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var (spec, lora) = ((NetworkSpec)Catalog<ModelSpec>.Create(model), new Lora { Rank = 4, Alpha = 8, Target = target });
        using var plain = FilledWeights.Build(spec, 3);
        // Norms near 0, as the rule fills them, would leave little of what lies behind them.
        foreach (var norm in plain.Specs.Where(tensor => tensor.Shape.Length == 1 && tensor.Name.EndsWith("weight"))) plain.State[norm.Name].add_(1);
        using var adapted = new Classifier(spec.Describe(3), 1, null, lora.For(spec));
        adapted.Adopt(plain);
        var factors = adapted.Specs.Where(tensor => tensor.IsFactor).ToList();
        Assert.Equal(2 * layers, factors.Count);
        var images = FilledWeights.Image(64, 2);
        Assert.Equal(plain.Forward(images).data<float>().ToArray(), adapted.Forward(images).data<float>().ToArray());

        foreach (var up in factors.Where(tensor => tensor.Name.EndsWith(TensorSpec.Up))) adapted.State[up.Name].copy_(0.05 * randn(up.Shape, generator: new(7)));
        using var merged = spec.Build(3, 2);
        merged.Load(adapted.Store().ToDictionary(tensor => tensor.Name), keepHead: true, "memory");
        var (apart, sum) = (adapted.Forward(images), merged.Forward(images));
        Assert.True((apart - plain.Forward(images)).abs().max().item<float>() > 1e-4 * apart.abs().max().item<float>());
        Assert.InRange((apart - sum).abs().max().item<float>(), 0, 1e-5f * Math.Max(1, apart.abs().max().item<float>()));
    }

    [Fact]
    public void Of_a_packed_weight_only_the_named_rows_change()
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var spec = new ViTTi16();
        using var adapted = new Classifier(spec.Describe(3), 1, null, new Lora().For(spec));
        foreach (var (tensor, parameter) in adapted.Parameters.Where(pair => pair.Spec.IsFactor)) parameter.fill_(0.1);
        const string name = "encoder.layers.encoder_layer_5.self_attention.in_proj_weight";
        Assert.Contains("encoder.layers.encoder_layer_5.self_attention.value.lora_A", adapted.State.Keys);
        var (before, after) = (adapted.State[name], adapted.Store().First(tensor => tensor.Name == name).ToTensor());
        foreach (var (place, changes) in new[] { (0, true), (1, false), (2, true) })
            Assert.Equal(changes, !before.narrow(0, place * 192, 192).equal(after.narrow(0, place * 192, 192)).all().item<bool>());
    }

    [Fact]
    public void A_plan_says_which_layers_and_gives_up_a_recipes_average()
    {
        var plan = new PlanSettings { Lora = new() { Rank = 2 } }.Apply(new() { Model = new ConvNeXtTiny(), Average = new PSFineTune.Training.Averages.Ema() }, null);
        Assert.Equal(["*.block.3.weight", "*.block.5.weight"], plan.Lora!.Target);
        Assert.Null(plan.Average);
        // A recipe's slower groups as well, but no rule of the user's and none that freezes; an average that was asked for is not left out silently.
        var recommended = new PSFineTune.Recipes.Recommended().Apply(new() { Model = new ViTTi16(), BatchSize = 32 }, 100_000);
        LayerRule mine = new() { Pattern = "layer3", Factor = 0.3 }, frozen = new() { Pattern = "embeddings", Frozen = true };
        var given = recommended with { Layers = [.. recommended.Layers, mine, frozen] };
        Assert.True(given.Layers.Count > 10);
        Assert.Equal([mine, frozen], new PlanSettings { Lora = new() }.Apply(given, null).Layers);
        Assert.Equal(given.Layers, new PlanSettings { Seed = 3 }.Apply(given, null).Layers);
        Assert.NotNull(given.Average);
        Assert.Null(new PlanSettings { Lora = new() }.LeftOut(given));
        Assert.Contains("Swa", new PlanSettings { Lora = new() }.LeftOut(given with { Average = new PSFineTune.Training.Averages.Swa() }), StringComparison.Ordinal);
        Assert.Equal(["query", "value"], new Lora().For(new Bert()).Target);
        Assert.Equal(["key"], new Lora { Target = ["key"] }.For(new ViTS16()).Target);
        Assert.Equal("NoSuchLayer", Assert.Throws<FineTuneException>(() => new PlanSettings { Lora = new() }.Apply(new() { Model = new ResNet18() }, null)).Id);
    }
}

using System.Text.Json.Serialization;
using PSFineTune.Models.Nodes;
using PSFineTune.Packaging;
using PSFineTune.Training;

namespace PSFineTune.Models;

/// <summary>
/// An Image is Worth 16x16 Words, https://arxiv.org/abs/2010.11929, at the sizes of https://arxiv.org/abs/2012.12877; torchvision's
/// names. Any image size runs: places between those of the weights are interpolated.
/// </summary>
public abstract record VisionTransformer : NetworkSpec
{
    const int Patch = 16, Layers = 12;

    const double Epsilon = 1e-6;

    /// <summary>Side of the images that the weights have a place for each patch of, pixels; a multiple of 16, and taken from the weights where they are given. Images are of this size unless another is asked for.</summary>
    public int ImageSize { get; init; } = 224;

    [JsonIgnore]
    public override string Family => nameof(VisionTransformer);

    [JsonIgnore]
    public override Preprocessing DefaultPreprocessing => new() { InputSize = ImageSize };

    internal override int SmallestSide => Patch;

    internal override (double LearningRate, double Decay) Tuning => (1e-4, 0.75);

    internal override IReadOnlyList<string> LoraTargets => ["query", "value"];

    /// <summary>Of a token.</summary>
    internal abstract int Size { get; }

    /// <summary>Of each layer's attention.</summary>
    internal abstract int Heads { get; }

    internal override void Validate() => PlanCheck.Require(ImageSize is >= Patch and <= 4096 && ImageSize % Patch == 0, $"{nameof(ImageSize)} of {Name}", ImageSize, $"a multiple of {Patch} up to 4096");

    internal override IReadOnlyList<NodeGroup> Describe(int classes)
    {
        Validate();
        List<NodeGroup> groups = [new("embeddings", ("", new PatchEmbedding(Size, Patch, ImageSize / Patch)))];
        for (var layer = 0; layer < Layers; layer++)
        {
            List<Named> nodes = [($"encoder.layers.encoder_layer_{layer}", Layer)];
            // What the output layer is given is the class token alone, so that alone is normalised.
            if (layer == Layers - 1) nodes.AddRange([("", new ClassToken()), ("encoder.ln", new LayerNorm(Size, Epsilon))]);
            groups.Add(new($"layer{layer}", [.. nodes]));
        }
        groups.Add(new("head", ("heads.head", new Linear(Size, classes) { Filling = Filling.Zero, BiasFilling = Filling.Zero })));
        return groups;
    }

    internal override NetworkSpec FitTo(IReadOnlyDictionary<string, StoredTensor> weights)
    {
        if (!weights.TryGetValue("encoder.pos_embedding", out var places) || places.Shape is not [1, > 1 and <= 65_537, _]) return this;
        var side = (int)Math.Sqrt(places.Shape[1] - 1);
        return side * side == places.Shape[1] - 1 ? this with { ImageSize = side * Patch } : this;
    }

    internal override PretrainedWeights ReadWeights(string path)
    {
        var read = base.ReadWeights(path);
        return read with { Tensors = read.Tensors.Values.Select(tensor => tensor with { Name = Renamed(tensor.Name) }).ToDictionary(tensor => tensor.Name) };
    }

    // As they were called before torchvision 0.14.
    static string Renamed(string name) => name.Replace(".mlp.linear_1.", ".mlp.0.", StringComparison.Ordinal).Replace(".mlp.linear_2.", ".mlp.3.", StringComparison.Ordinal);

    Sequence Layer => new(
        ("", new Residual(new Sequence(("ln_1", new LayerNorm(Size, Epsilon)), ("self_attention", new PackedAttention(Size, Heads))))),
        ("", new Residual(new Sequence(("ln_2", new LayerNorm(Size, Epsilon)), ("mlp.0", Wide(Size, 4 * Size)), ("", new Gelu()), ("mlp.3", Wide(4 * Size, Size))))));

    static Linear Wide(int from, int to) => new(from, to) { Stacked = true, Filling = Filling.Xavier, BiasFilling = Filling.Normal(1e-6) };
}

/// <summary>DeiT-Ti's size, 5.7 million parameters with 1000 classes.</summary>
public sealed record ViTTi16 : VisionTransformer
{
    internal override int Size => 192;

    internal override int Heads => 3;
}

/// <summary>DeiT-S's size, 22.1 million parameters with 1000 classes.</summary>
public sealed record ViTS16 : VisionTransformer
{
    internal override int Size => 384;

    internal override int Heads => 6;
}

/// <summary>ViT-B/16, 86.6 million parameters with 1000 classes.</summary>
public sealed record ViTB16 : VisionTransformer
{
    internal override int Size => 768;

    internal override int Heads => 12;
}

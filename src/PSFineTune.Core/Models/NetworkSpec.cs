using System.Text.Json.Serialization;
using PSFineTune.Models.Nodes;
using PSFineTune.Packaging;

namespace PSFineTune.Models;

/// <summary>A neural network as data: groups of nodes, from stem to head.</summary>
public abstract partial record NetworkSpec : ModelSpec
{
    /// <summary>How images are prepared where the weights do not say; null for a network of texts.</summary>
    [JsonIgnore]
    public abstract Preprocessing? DefaultPreprocessing { get; }

    /// <summary>Layer groups, input to output; the last is the head, all of whose tensors belong to the output layer.</summary>
    internal abstract IReadOnlyList<NodeGroup> Describe(int classes);

    internal sealed override IReadOnlyList<TensorSpec> Tensors(int classes) => [.. Describe(classes).SelectMany(group => group.Specs)];

    /// <summary>Names of the weights of batch norms, and the side of the square map that each sees of an image.</summary>
    /// <param name="side">Of the image, pixels.</param>
    internal IReadOnlyList<(string Weight, int Side)> Norms(int side)
    {
        var norms = new List<(string, int)>();
        Describe(classes: 2).Aggregate(side, (reached, group) => group.Body.Measure("", reached, (weight, seen) => norms.Add((weight, seen))));
        return norms;
    }

    /// <summary>Side of the smallest image that it can see, pixels.</summary>
    internal virtual int SmallestSide => 8;

    /// <summary>What its pretrained weights bear in tuning: the rate of AdamW, and how much of it each layer group has of that of the group above.</summary>
    internal virtual (double LearningRate, double Decay) Tuning => (1e-3, 0.5);

    /// <summary>The linear layers that low-rank adaptation adds to where the user names none, as in <see cref="Training.Lora.Target"/>; empty where it has none that are usual.</summary>
    internal virtual IReadOnlyList<string> LoraTargets => [];

    /// <summary>The network with seeded initial weights, or without any where others are to be loaded; on the CPU unless a device is given.</summary>
    /// <exception cref="FineTuneException">NativeLoadFailed, ForeignLibtorch.</exception>
    internal Classifier Build(int classes, int? seed, TorchSharp.torch.Device? device = null)
    {
        Native.TorchRuntime.Ensure();
        return new(Describe(classes), seed, device);
    }

    /// <summary>The member of this architecture whose shapes the weights have, such as another width; itself where there is none nearer.</summary>
    internal virtual NetworkSpec FitTo(IReadOnlyDictionary<string, StoredTensor> weights) => this;
}

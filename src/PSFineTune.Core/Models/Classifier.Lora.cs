using PSFineTune.Models.Nodes;
using PSFineTune.Packaging;
using PSFineTune.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace PSFineTune.Models;

sealed partial class Classifier
{
    readonly Lora? _lora;
    readonly IReadOnlyDictionary<string, List<AdaptedLayer>> _adapted = new Dictionary<string, List<AdaptedLayer>>();

    /// <summary>What low-rank adaptation adds to the weight of that name; empty where it adds nothing.</summary>
    public IReadOnlyList<LowRank> Added(string weight) => _adapted.TryGetValue(weight, out var layers)
        ? [.. layers.Select(layer => new LowRank(_state[layer.Down], _state[layer.Up], _lora!.Scale, layer.From, layer.Rows))] : [];

    /// <summary>A copy of every tensor, contiguous, ordinal name order, products of narrow matrices added to their weights; made one at a time as it is read.</summary>
    public IEnumerable<StoredTensor> Store() => _state.Where(pair => _lora is null || !TensorSpec.IsFactorName(pair.Key)).Select(pair => Stored(pair.Key, pair.Value));

    /// <summary>As <see cref="Store"/>, but weights and narrow matrices as they are.</summary>
    public IEnumerable<StoredTensor> StoreApart() => _state.Select(pair => StoredTensor.From(pair.Key, pair.Value));

    /// <summary>Takes over all that another network has too.</summary>
    public void Adopt(Classifier other)
    {
        using var still = no_grad();
        foreach (var (name, tensor) in other.State) _state[name].copy_(tensor);
    }

    StoredTensor Stored(string name, Tensor tensor)
    {
        if (Added(name) is not { Count: > 0 } added) return StoredTensor.From(name, tensor);
        using var scope = NewDisposeScope();
        using var still = no_grad();
        using var one = 1.ToScalar();
        var sum = tensor.detach().clone();
        foreach (var low in added)
        {
            using var scale = low.Scale.ToScalar();
            sum.narrow(0, low.From, low.Rows).add_(low.Up.matmul(low.Down) * scale, one);
        }
        return StoredTensor.From(name, sum);
    }

    // The product begins as zero: the first step is that of the network as it was.
    static IEnumerable<Nodes.Part> Factors(Lora lora, AdaptedLayer layer) =>
        layer.Factors(lora.Rank).Select(spec => new Nodes.Part(spec.Name, spec.Shape, spec.Name == layer.Up ? Filling.Zero : Filling.Plain(spec.Shape[1])));
}

/// <summary>What is added to some rows of a weight: <see cref="Scale"/> x Up x Down.</summary>
/// <param name="Down">Rank x In.</param>
/// <param name="Up">Rows x Rank.</param>
/// <param name="Scale">How often it counts.</param>
/// <param name="From">The first row of the weight.</param>
/// <param name="Rows">How many.</param>
sealed record LowRank(Tensor Down, Tensor Up, double Scale, long From, long Rows);

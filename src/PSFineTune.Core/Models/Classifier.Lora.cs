using PSFineTune.Models.Nodes;
using PSFineTune.Packaging;
using PSFineTune.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace PSFineTune.Models;

sealed partial class Classifier
{
    readonly Lora? _lora;
    readonly HashSet<string> _adapted = [];

    /// <summary>The matrices whose product is added to the weight of that name: to Rank numbers and back; null where there are none.</summary>
    public (Tensor Down, Tensor Up, double Scale)? FactorsOf(string weight) =>
        _lora is not null && _adapted.Contains(weight) ? (_state[NameOf(weight, TensorSpec.Down)], _state[NameOf(weight, TensorSpec.Up)], _lora.Scale) : null;

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
        if (FactorsOf(name) is not { } factors) return StoredTensor.From(name, tensor);
        using var scope = NewDisposeScope();
        using var still = no_grad();
        using var scale = factors.Scale.ToScalar();
        return StoredTensor.From(name, tensor.Plus(factors.Up.matmul(factors.Down) * scale));
    }

    // The product begins as zero: the first step is that of the network as it was.
    static IEnumerable<Nodes.Part> Factors(Lora lora, TensorSpec weight) =>
    [
        new(NameOf(weight.Name, TensorSpec.Down), [lora.Rank, weight.Shape[1]], Filling.Plain(weight.Shape[1])),
        new(NameOf(weight.Name, TensorSpec.Up), [weight.Shape[0], lora.Rank], Filling.Zero),
    ];

    static string NameOf(string weight, string factor) => weight[..weight.LastIndexOf('.')] + factor;
}

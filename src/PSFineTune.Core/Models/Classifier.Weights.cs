using PSFineTune.Models.Nodes;
using PSFineTune.Packaging;
using static TorchSharp.torch;

namespace PSFineTune.Models;

sealed partial class Classifier
{
    /// <summary>
    /// Takes over weights, checked whole before the first is copied. Counters that the file lacks stay as they are.
    /// </summary>
    /// <param name="weights">By full name.</param>
    /// <param name="keepHead">True takes the head too, which must then fit; false renews it, whatever the file has.</param>
    /// <param name="source">File to name in a fault.</param>
    /// <exception cref="FineTuneException">WeightsMismatch, with the first few names of each kind of misfit.</exception>
    public void Load(IReadOnlyDictionary<string, StoredTensor> weights, bool keepHead, string source)
    {
        var head = keepHead ? null : Groups[^1];
        if (WeightsMatch.Problems(Specs, weights, head) is { Count: > 0 } problems) throw Fault.WeightsMismatch(source, "the model", problems);
        using var scope = NewDisposeScope();
        using var still = no_grad();
        foreach (var spec in Specs.Where(spec => spec.Group != head && weights.ContainsKey(spec.Name)))
        {
            // Not all of them at once beside the network.
            using var read = weights[spec.Name].ToTensor();
            _state[spec.Name].copy_(read);
        }
        if (!keepHead) RenewHead();
    }

    // A fresh output layer as the tutorial's: xavier_uniform weights, PyTorch's default biases.
    void RenewHead()
    {
        var layers = Specs.Where(spec => spec.Group == Groups[^1] && spec.Role == TensorRole.Parameter).ToList();
        var fanIn = Filling.FanIn(layers.First(spec => spec.Shape.Length > 1).Shape);
        foreach (var spec in layers)
        {
            var filling = spec.Shape.Length > 1 ? Filling.Xavier : Filling.Plain(fanIn);
            _state[spec.Name].copy_(tensor(filling.Draw(spec.Shape, RandomStream.For(_seed, 0, "head:" + spec.Name)), spec.Shape));
        }
    }
}

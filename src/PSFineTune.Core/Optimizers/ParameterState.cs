using PSFineTune.Models;
using PSFineTune.Packaging;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace PSFineTune.Optimizers;

/// <summary>
/// What an optimizer keeps for one parameter. All of it is made at once, so that the count of live tensors stays the same
/// over a run, and with the parameter's strides, so that updates run over both in one go.
/// </summary>
sealed class ParameterState : IDisposable
{
    const string StepName = "step";

    readonly Dictionary<string, Tensor> _slots = [];

    public ParameterState(TensorSpec spec, Parameter parameter, OptimizerSpec optimizer)
    {
        (Spec, Parameter) = (spec, parameter);
        using var scope = NewDisposeScope();
        using var still = no_grad();
        foreach (var slot in optimizer.Slots) _slots.Add(slot, zeros_like(parameter).DetachFromDisposeScope());
    }

    public TensorSpec Spec { get; }

    public Parameter Parameter { get; }

    /// <summary>Steps the parameter has taken; in an update, with the one under way. Fewer than the run's where it was frozen.</summary>
    public long Step { get; private set; }

    /// <summary>Of the epoch, before the schedule's factor; 0 where frozen.</summary>
    public double LearningRate { get; set; }

    public Tensor this[string slot] => _slots[slot];

    /// <summary>What <see cref="Store"/> gives and <see cref="Load"/> takes.</summary>
    public IEnumerable<TensorSpec> Specs =>
        [.. _slots.Keys.Select(slot => Spec with { Name = NameOf(slot) }), new(NameOf(StepName), Spec.Group, [], TensorRole.Buffer)];

    /// <summary>The gradient that waits to be applied; null where frozen.</summary>
    public Tensor? Gradient => Parameter.requires_grad ? Parameter.grad : null;

    public void Next() => Step++;

    /// <summary>A copy of all that must be kept to go on exactly.</summary>
    public IEnumerable<StoredTensor> Store() =>
        [.. _slots.Select(slot => StoredTensor.From(NameOf(slot.Key), slot.Value)), new(NameOf(StepName), StoredTensor.Long, [], BitConverter.GetBytes(Step))];

    /// <summary>Takes over what was stored, which must fit.</summary>
    public void Load(IReadOnlyDictionary<string, StoredTensor> stored)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        foreach (var (slot, tensor) in _slots) tensor.copy_(stored[NameOf(slot)].ToTensor());
        Step = BitConverter.ToInt64(stored[NameOf(StepName)].Bytes);
    }

    public void Dispose()
    {
        foreach (var tensor in _slots.Values) tensor.Dispose();
    }

    string NameOf(string slot) => $"{Spec.Name}::{slot}";
}

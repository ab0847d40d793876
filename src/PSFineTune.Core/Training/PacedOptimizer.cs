using PSFineTune.Models;
using PSFineTune.Optimizers;
using PSFineTune.Packaging;
using static TorchSharp.torch;

namespace PSFineTune.Training;

/// <summary>
/// The plan's optimizer over a network's parameters, each at the pace that the plan gives it in the epoch.
/// What is frozen in every epoch has no state; what is frozen in some is left alone in those.
/// </summary>
sealed class PacedOptimizer : IDisposable
{
    readonly TrainingPlan _plan;
    readonly Classifier _network;

    public PacedOptimizer(TrainingPlan plan, Classifier network)
    {
        (_plan, _network) = (plan, network);
        States = [.. network.Parameters
            .Where(pair => Enumerable.Range(1, plan.Epochs).Any(epoch => !LayerPaces.Of(plan, pair.Spec, epoch).Frozen))
            .Select(pair => new ParameterState(pair.Spec, pair.Parameter, plan.Optimizer))];
    }

    /// <summary>Of every parameter that learns in some epoch.</summary>
    public IReadOnlyList<ParameterState> States { get; }

    /// <summary>The schedule's factor now.</summary>
    public double Factor { get; private set; } = 1;

    /// <summary>Freezes and thaws for an epoch.</summary>
    /// <returns>Whether other parameters learn than before.</returns>
    public bool Begin(int epoch)
    {
        var paces = _network.Parameters.ToDictionary(pair => pair.Spec.Name, pair => LayerPaces.Of(_plan, pair.Spec, epoch));
        var changed = _network.Parameters.Where(pair => pair.Parameter.requires_grad == paces[pair.Spec.Name].Frozen).ToList();
        foreach (var (_, parameter) in changed) parameter.requires_grad = !parameter.requires_grad;
        _network.FrozenNormTrains = name => paces[name].TrainBatchNorm;
        foreach (var state in States) state.LearningRate = paces[state.Spec.Name].LearningRate;
        return changed.Count > 0;
    }

    public void Pace(double factor) => Factor = factor;

    public void Clear()
    {
        foreach (var state in States) state.Parameter.grad = null;
    }

    /// <summary>Applies the gradients, which are used up.</summary>
    public void Step()
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var learning = States.Select(state => (State: state, state.Gradient)).Where(pair => pair.Gradient is not null).ToList();
        if (_plan.ClipNorm is { } limit) GradientClip.Apply([.. learning.Select(pair => pair.Gradient!)], limit);
        foreach (var (state, gradient) in learning)
        {
            // Of its own, so that the next parameter works in the memory that this one did.
            using var update = NewDisposeScope();
            state.Next();
            _plan.Optimizer.Update(state, gradient!, state.LearningRate * Factor);
        }
    }

    /// <summary>A copy of all that the next steps depend on beside the weights: parameter::slot, and parameter::step for each.</summary>
    public IEnumerable<StoredTensor> Store() => States.SelectMany(state => state.Store());

    /// <summary>Takes over what <see cref="Store"/> gave, checked whole before the first is copied; the next steps are those that would have followed.</summary>
    /// <exception cref="FineTuneException">CheckpointMismatch, with the first few names of each kind of misfit.</exception>
    public void Load(IReadOnlyDictionary<string, StoredTensor> stored)
    {
        var problems = WeightsMatch.Problems([.. States.SelectMany(state => state.Specs)], stored, head: null, countersMayLack: false);
        if (problems.Count > 0) throw Fault.CheckpointMismatch(_plan.Optimizer.GetType().Name, problems);
        foreach (var state in States) state.Load(stored);
    }

    public void Dispose()
    {
        foreach (var state in States) state.Dispose();
    }
}

using PSFineTune.Models;
using PSFineTune.Optimizers;
using static TorchSharp.torch;

namespace PSFineTune.Training;

/// <summary>
/// The plan's optimizer over a network's parameters, one group for all that share a course of paces over the epochs.
/// What is frozen in every epoch is never given to it; what is frozen in some has no gradient in those.
/// </summary>
sealed class PacedOptimizer : IDisposable
{
    readonly TrainingPlan _plan;
    readonly Classifier _network;
    readonly optim.Optimizer _optimizer;
    readonly TensorSpec[] _first;

    double[] _rates = [];

    public PacedOptimizer(TrainingPlan plan, Classifier network)
    {
        (_plan, _network) = (plan, network);
        var courses = network.Parameters
            .GroupBy(pair => string.Join('|', Enumerable.Range(1, plan.Epochs).Select(epoch => LayerPaces.Of(plan, pair.Spec, epoch)).Select(pace => pace.LearningRate.ToString("r"))))
            .Where(course => Enumerable.Range(1, plan.Epochs).Any(epoch => !LayerPaces.Of(plan, course.First().Spec, epoch).Frozen))
            .ToArray();
        _first = [.. courses.Select(course => course.First().Spec)];
        _optimizer = plan.Optimizer.Build([.. courses.Select(course => new ParameterGroup([.. course.Select(pair => pair.Parameter)], RateOf(course.First().Spec, 1)))]);
    }

    /// <summary>The schedule's factor now.</summary>
    public double Factor { get; private set; } = 1;

    public IEnumerable<optim.ILearningRateController> Groups => _optimizer.ParamGroups;

    /// <summary>Freezes and thaws for an epoch.</summary>
    /// <returns>Whether other parameters learn than before.</returns>
    public bool Begin(int epoch)
    {
        var paces = _network.Parameters.ToDictionary(pair => pair.Spec.Name, pair => LayerPaces.Of(_plan, pair.Spec, epoch));
        var changed = _network.Parameters.Where(pair => pair.Parameter.requires_grad == paces[pair.Spec.Name].Frozen).ToList();
        foreach (var (_, parameter) in changed) parameter.requires_grad = !parameter.requires_grad;
        _network.FrozenNormTrains = name => paces[name].TrainBatchNorm;
        _rates = [.. _first.Select(spec => RateOf(spec, epoch))];
        return changed.Count > 0;
    }

    public void Pace(double factor)
    {
        Factor = factor;
        foreach (var (group, rate) in _optimizer.ParamGroups.Zip(_rates)) group.LearningRate = rate * factor;
    }

    public IEnumerable<(string Name, Tensor Value)> State => [];
    public void Load(IReadOnlyDictionary<string, PSFineTune.Packaging.StoredTensor> stored) { }

    public void Clear() => _optimizer.zero_grad();

    public void Step() => _optimizer.step();

    public void Dispose() => _optimizer.Dispose();

    double RateOf(TensorSpec spec, int epoch) => LayerPaces.Of(_plan, spec, epoch).LearningRate;
}

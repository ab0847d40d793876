using PSFineTune.Models;
using static TorchSharp.torch;

namespace PSFineTune.Training.Averages;

/// <summary>A network whose weights follow those of one that learns.</summary>
sealed class AveragedNetwork : IDisposable
{
    readonly WeightAverage _rule;
    readonly Classifier _source;

    public AveragedNetwork(WeightAverage rule, NetworkSpec spec, Classifier source, int classes)
    {
        (_rule, _source) = (rule, source);
        Network = spec.Build(classes, seed: null, source.Device);
        Network.Backbone = source.Backbone;
        foreach (var (_, parameter) in Network.Parameters) parameter.requires_grad = false;
        Copy();
    }

    /// <summary>Never trained itself.</summary>
    public Classifier Network { get; }

    /// <summary>Takes in the weights after a step.</summary>
    public void Follow(RunPace pace) => Follow(_rule.Share(pace.Step, pace.Steps, pace.StepsPerEpoch));

    /// <summary>Begins with the weights as they are.</summary>
    public void Copy() => Follow(1);

    public void Dispose() => Network.Dispose();

    // Counters cannot be averaged.
    void Follow(double share)
    {
        if (share == 0) return;
        using var scope = NewDisposeScope();
        using var still = no_grad();
        foreach (var (name, average) in Network.State)
            if (share < 1 && average.is_floating_point()) average.lerp_(_source.State[name], share);
            else average.copy_(_source.State[name]);
    }
}

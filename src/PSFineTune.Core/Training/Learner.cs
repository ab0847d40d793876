using System.Runtime.InteropServices;
using PSFineTune.Data;
using PSFineTune.Models;
using PSFineTune.Packaging;
using PSFineTune.Training.Averages;
using static TorchSharp.torch;

namespace PSFineTune.Training;

/// <summary>A network and what makes it learn, one batch at a time.</summary>
sealed class Learner : IDisposable
{
    /// <summary>Words of the tensor library's allocators, of the processor's memory and of a GPU's.</summary>
    static readonly string[] s_outOfMemory = ["allocate memory", "out of memory", "not enough memory"];

    const string ApartFolder = "weights/";

    readonly TrainingPlan _plan;
    readonly float[]? _classWeights;
    readonly PacedOptimizer _optimizer;
    readonly AveragedNetwork? _average;

    // Samples of a part.
    int _fewestSamples = 1;

    /// <param name="spec">Of the network.</param>
    /// <param name="plan">By which it learns.</param>
    /// <param name="data">Of the plan.</param>
    /// <param name="parts">What was learned from the data already; null for nothing.</param>
    public Learner(NetworkSpec spec, TrainingPlan plan, Dataset data, ModelParts? parts = null)
    {
        _plan = plan;
        _classWeights = plan.ClassWeight?.Of(data.Classes, ClassCounts.Of(data)).Select(weight => (float)weight).ToArray();
        Network = SourceNetwork.Target(spec, plan, data.Classes.Count, parts);
        Network.Precision = plan.Precision;
        _optimizer = new(plan, Network);
        _average = plan.Average is { } rule ? new(rule, spec, Network, data.Classes.Count) : null;
        Parts = plan.Accumulation;
    }

    /// <summary>Whose weights are trained.</summary>
    public Classifier Network { get; }

    /// <summary>Whose weights are judged and kept: the average of the trained ones where the plan has one.</summary>
    public Classifier Model => _average?.Network ?? Network;

    /// <summary>Parts that a batch is computed in, one after the other; the step is that of the whole batch but for batch norm, which sees a part.</summary>
    public int Parts { get; private set; }

    /// <summary>The first layer group that a batch goes through; those before it are in the batch already.</summary>
    public int FromGroup { get; set; }

    /// <summary>The plan's learning rate now, before layer factors.</summary>
    public double LearningRate => _plan.Optimizer.LearningRate * _optimizer.Factor;

    /// <summary>Freezes and thaws for an epoch.</summary>
    /// <returns>Whether other parameters learn than before.</returns>
    public bool Begin(int epoch)
    {
        Network.Training = true;
        // What one sample says of a variance is little, and of a map of 1 x 1 nothing; a plan that asks for it was looked at before.
        _fewestSamples = !NormCheck.ComputesSingly(_plan) && Network.Specs.Any(spec => spec.IsNorm && NormCheck.LearnsIn(_plan, spec, epoch)) ? 2 : 1;
        return _optimizer.Begin(epoch);
    }

    /// <summary>The weights were changed by others; an average begins with them.</summary>
    public void BeginAnew() => _average?.Copy();

    /// <summary>One step of the optimizer.</summary>
    /// <param name="batch">To learn from.</param>
    /// <param name="reader">Of the batch.</param>
    /// <param name="pace">Where the run is, this step included.</param>
    /// <param name="factor">The schedule's.</param>
    /// <param name="say">Told where memory ran out and the batch is computed in more parts from here on.</param>
    /// <exception cref="FineTuneException">OutOfMemory: even for a single sample, or for two where batch norm learns.</exception>
    public StepResult Step(Batch batch, SampleReader reader, RunPace pace, double factor, Action<string> say)
    {
        _optimizer.Pace(factor);
        var result = Gradients(batch, reader, pace.Step, say);
        if (!float.IsFinite(result.Loss)) return result;
        _optimizer.Step();
        _average?.Follow(pace);
        return result;
    }

    /// <summary>A pass forward and backward, of whose gradients nothing is made. Batch norm follows the batch, and dropout has drawn.</summary>
    /// <exception cref="FineTuneException">OutOfMemory: even for a single sample, or for two where batch norm learns.</exception>
    public void Try(Batch batch, SampleReader reader)
    {
        var parts = Parts;
        Gradients(batch, reader, step: 0, _ => { });
        Parts = parts;
        _optimizer.Clear();
    }

    /// <summary>Everything besides <see cref="Model"/> that going on needs.</summary>
    public IEnumerable<StoredTensor> Store()
    {
        foreach (var tensor in _optimizer.Store()) yield return tensor with { Name = "optimizer/" + tensor.Name };
        if (!KeepsApart) yield break;
        foreach (var tensor in Network.StoreApart()) yield return tensor with { Name = ApartFolder + tensor.Name };
    }

    /// <summary>Bytes of <see cref="Store"/>.</summary>
    public long StateBytes => _optimizer.States.Sum(state => state.Specs.Sum(spec => spec.Elements) * sizeof(float)) + (KeepsApart ? Network.Specs.Sum(spec => spec.Elements) * sizeof(float) : 0);

    /// <param name="model">The weights of <see cref="Model"/>.</param>
    /// <param name="stored">From <see cref="Store"/>.</param>
    /// <param name="parts">As <see cref="Parts"/> was.</param>
    /// <param name="source">To name in a fault.</param>
    /// <exception cref="FineTuneException">WeightsMismatch, CheckpointMismatch.</exception>
    public void Load(IReadOnlyDictionary<string, StoredTensor> model, IReadOnlyDictionary<string, StoredTensor> stored, int parts, string source)
    {
        Parts = parts;
        if (_plan.Lora is null) Model.Load(model, keepHead: true, source);
        if (KeepsApart) Network.Load(Apart(stored), keepHead: true, source);
        _optimizer.Load(Below(stored, "optimizer/"));
    }

    /// <summary>Of <see cref="Store"/>, what was trained, where it is not in the form that is kept.</summary>
    public static Dictionary<string, StoredTensor> Apart(IReadOnlyDictionary<string, StoredTensor> stored) => Below(stored, ApartFolder);

    static Dictionary<string, StoredTensor> Below(IReadOnlyDictionary<string, StoredTensor> stored, string folder) =>
        stored.Where(pair => pair.Key.StartsWith(folder, StringComparison.Ordinal)).ToDictionary(pair => pair.Key[folder.Length..], pair => pair.Value with { Name = pair.Key[folder.Length..] });

    // What is trained is not what is judged, or not in the form that is kept.
    bool KeepsApart => _average is not null || _plan.Lora is not null;

    static bool IsOutOfMemory(Exception wrong) => wrong is OutOfMemoryException
        || wrong is ExternalException && s_outOfMemory.Any(words => wrong.Message.Contains(words, StringComparison.OrdinalIgnoreCase));

    public void Dispose()
    {
        _average?.Dispose();
        _optimizer.Dispose();
        Network.Dispose();
    }

    StepResult Gradients(Batch batch, SampleReader reader, int step, Action<string> say)
    {
        for (; ; )
        {
            try
            {
                return Gradients(batch, reader, step);
            }
            catch (Exception wrong) when (IsOutOfMemory(wrong))
            {
                if (2 * PartsOf(batch) > batch.Count / _fewestSamples) throw Fault.OutOfMemory(step, batch.Count, _fewestSamples, wrong);
                Parts = 2 * PartsOf(batch);
                say($"Memory ran out in step {step}: batches of {batch.Count} are computed in {Parts} parts from here on. The step stays that of the whole batch, but batch norm sees a part.");
            }
        }
    }

    // The last batch of an epoch may have too few samples for all.
    int PartsOf(Batch batch) => Math.Clamp(Parts, 1, Math.Max(1, batch.Count / _fewestSamples));

    StepResult Gradients(Batch batch, SampleReader reader, int step)
    {
        using var scope = NewDisposeScope();
        _optimizer.Clear();
        Network.Noise = RandomStream.For(_plan.Seed, step, "noise");
        var (inputs, targets) = (reader.Tensor(batch), batch.TargetTensor());
        var weights = _classWeights is null ? batch.WeightTensor() : batch.WeightTensor() * (targets * tensor(_classWeights)).sum(1);
        (targets, weights) = (targets.to(Network.Device), weights.to(Network.Device));
        var total = weights.sum();
        var (loss, hits, worst, parts) = (0f, 0, 0, PartsOf(batch));
        for (var part = 0; part < parts; part++)
        {
            var from = batch.Count * part / parts;
            var result = Part(inputs, targets, weights, total, from, batch.Count * (part + 1) / parts - from);
            if (!float.IsFinite(result.Loss)) return result;
            (loss, hits, worst) = (loss + result.Loss, hits + result.Hits, 0);
        }
        return new(loss, hits, worst);
    }

    // Each part's share of the loss of the whole batch, so that the gradients add up to its.
    StepResult Part(Tensor inputs, Tensor targets, Tensor weights, Tensor total, int from, int count)
    {
        using var scope = NewDisposeScope();
        var wanted = targets.narrow(0, from, count);
        var logits = Network.Forward(count == inputs.shape[0] ? inputs : inputs.narrow(0, from, count), FromGroup, Network.Groups.Count).to_type(float32);
        var each = _plan.Loss.Of(logits, wanted);
        var loss = (each * weights.narrow(0, from, count)).sum() / total;
        var value = loss.item<float>();
        if (!float.IsFinite(value)) return new(value, 0, from + (int)each.argmax().item<long>());
        loss.backward();
        return new(value, (int)logits.argmax(1).eq(wanted.argmax(1)).sum().item<long>(), 0);
    }
}

/// <summary>What a step showed.</summary>
/// <param name="Loss">Weighted mean over its samples.</param>
/// <param name="Hits">Samples whose most probable class is theirs.</param>
/// <param name="Worst">Where the loss is not finite: the sample, from 0, that it comes from.</param>
readonly record struct StepResult(float Loss, int Hits, int Worst);

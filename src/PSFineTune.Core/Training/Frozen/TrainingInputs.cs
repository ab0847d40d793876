using System.Globalization;
using PSFineTune.Augment;
using PSFineTune.Data;
using PSFineTune.Imaging;
using PSFineTune.Models;
using PSFineTune.Native;

namespace PSFineTune.Training.Frozen;

/// <summary>What a run learns from: samples, or what its frozen layers make of them, computed once.</summary>
sealed class TrainingInputs : IDisposable
{
    readonly TrainingPlan _plan;
    readonly Dataset _data;
    readonly string _folder;
    readonly CanvasCache? _canvases;
    FrozenOutputs? _outputs;

    public TrainingInputs(NetworkSpec spec, TrainingPlan plan, Dataset data, RunFolder folder)
    {
        (_plan, _data, _folder) = (plan, data, folder.OutputsPath);
        _canvases = plan.CacheSize > 0 ? CanvasCache.Open(folder.CanvasesPath, plan.CacheSize) : null;
        Loader = new(spec.NewReader(SampleSource.Of(data), plan.Preprocessing!, plan.Augment, _canvases), plan.BatchSize, TorchRuntime.Threads);
    }

    public BatchLoader Loader { get; private set; }

    /// <summary>The first layer group that they go through.</summary>
    public int FromGroup => _outputs?.Boundary ?? 0;

    /// <summary>Computes what the frozen layers make of the samples, and the output layer's beginning, where the plan wants it.</summary>
    /// <param name="learner">Goes on behind the frozen layers from here on.</param>
    /// <param name="isNew">No step is done yet.</param>
    /// <param name="cancel">Stops within one batch.</param>
    /// <exception cref="FineTuneException">BadPlanSetting: a linear probe for a head that is not one linear layer.</exception>
    public IEnumerable<TrainEvent> Prepare(Learner learner, bool isNew, CancellationToken cancel)
    {
        foreach (var happened in Freeze(learner.Network, cancel)) yield return happened;
        learner.FromGroup = FromGroup;
        if (!isNew || _plan.ProbePenalty is not { } penalty) yield break;
        Probe(learner.Network, penalty, cancel);
        learner.BeginAnew();
        var (_, accuracy) = Validation.Judge(learner.Network, Loader, _data, cancel, FromGroup);
        yield return new Noted(string.Create(CultureInfo.InvariantCulture, $"The output layer begins as a linear probe; validation accuracy {accuracy:0.0000}."));
    }

    public void Dispose()
    {
        _outputs?.Dispose();
        _canvases?.Dispose();
    }

    IEnumerable<TrainEvent> Freeze(Classifier network, CancellationToken cancel)
    {
        var boundary = FrozenPrefix.Cached(_plan, network.Specs);
        if (boundary == 0) yield break;
        _outputs = new(_plan, _data, network, boundary, Loader, _folder);
        foreach (var done in _outputs.Prepare(cancel)) yield return done;
        Loader = new(new OutputReader(_outputs, _data.Classes.Count, Loader.Reader), _plan.BatchSize, TorchRuntime.Threads);
        yield return new Noted($"The frozen layers, {string.Join(", ", network.Groups.Take(boundary))}, were computed once for {_outputs.Views} views of each sample; training begins behind them.");
    }

    // On all views of the training samples.
    void Probe(Classifier network, double penalty, CancellationToken cancel)
    {
        var (features, targets, rows) = (new List<float>(), new List<float>(), _data.RowsOf(Split.Train));
        var batches = Enumerable.Range(1, _outputs?.Views ?? 1).SelectMany(view => Loader.Read(rows, row => new DrawKey(_plan.Seed, view, _data.KeyAt(row)), cancel));
        foreach (var (x, t) in LinearProbe.Features(network, Loader.Reader, FromGroup, batches, penalty))
        {
            features.AddRange(x);
            targets.AddRange(t);
        }
        LinearProbe.Fit(network, [.. features], [.. targets], _data.Classes.Count, penalty);
    }
}

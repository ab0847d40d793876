using System.Globalization;
using PSFineTune.Augment;
using PSFineTune.Data;
using PSFineTune.Imaging;
using PSFineTune.Models;
using PSFineTune.Native;
using PSFineTune.Packaging;

namespace PSFineTune.Training.Frozen;

/// <summary>What a run learns from: samples, or what its frozen layers make of them, computed once.</summary>
sealed class TrainingInputs : IDisposable
{
    readonly TrainingPlan _plan;
    readonly NetworkSpec _spec;
    readonly Dataset _data;
    readonly string _folder;
    readonly CanvasCache? _canvases;
    readonly IReadOnlyList<int> _sides;
    readonly BatchLoader _images;
    readonly ModelParts _parts;
    FrozenOutputs? _outputs;
    IReadOnlyList<BatchLoader> _views = [];
    (int Side, BatchLoader Loader)? _smaller;

    /// <param name="spec">The network.</param>
    /// <param name="plan">Of the run.</param>
    /// <param name="data">Of the plan.</param>
    /// <param name="folder">Of the run.</param>
    /// <param name="parts">From <see cref="Learn"/>.</param>
    public TrainingInputs(NetworkSpec spec, TrainingPlan plan, Dataset data, RunFolder folder, ModelParts parts)
    {
        (_spec, _plan, _data, _folder, _parts) = (spec, plan, data, folder.OutputsPath, parts);
        _canvases = plan.CacheSize > 0 ? CanvasCache.Open(folder.CanvasesPath, plan.CacheSize) : null;
        _sides = ProgressiveSize.Of(plan, plan.Epochs);
        Judged = _images = NewLoader(_sides[^1]);
    }

    /// <summary>What the training samples tell besides weights; a run that goes on has it already.</summary>
    public static ModelParts Learn(NetworkSpec spec, TrainingPlan plan, Dataset data, RunFolder folder, CancellationToken cancel)
    {
        if (Directory.Exists(folder.PartsPath)) return ModelParts.In(folder.PartsPath);
        var parts = spec.Learn(plan, data, cancel);
        parts.Write(folder.PartsPath);
        return parts;
    }

    /// <summary>Of what is judged.</summary>
    public BatchLoader Judged { get; private set; }

    /// <summary>Of what is learnt from in an epoch.</summary>
    public BatchLoader Of(int epoch) => _views.Count > 0 ? _views[ProgressiveSize.ViewOf(_plan, epoch, _views.Count) - 1] : Images(_sides[epoch - 1]);

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
        if (_plan.StartImageSize is not null) yield return new Noted($"Training images have {string.Join(", ", ProgressiveSize.Of(_plan, _views.Count > 0 ? _views.Count : _plan.Epochs))} pixels a side, {(_views.Count > 0 ? "by view" : "by epoch")}.");
        if (!isNew || _plan.ProbePenalty is not { } penalty) yield break;
        Probe(learner.Network, penalty, cancel);
        learner.BeginAnew();
        var (_, accuracy) = Validation.Judge(learner.Network, Judged, _data, cancel, FromGroup);
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
        _outputs = new(_plan, _data, network, boundary, Images, _folder);
        foreach (var done in _outputs.Prepare(cancel)) yield return done;
        _views = [.. Enumerable.Range(1, _outputs.Views).Select(Behind)];
        Judged = Behind(0);
        yield return new Noted($"The frozen layers, {string.Join(", ", network.Groups.Take(boundary))}, were computed once for {_views.Count} views of each sample; training begins behind them.");

        BatchLoader Behind(int view) => new(new OutputReader(_outputs.Of(view), _data.Classes.Count, NewLoader(_outputs.SideOf(view)).Reader), _plan.BatchSize, TorchRuntime.Threads);
    }

    // On all views of the training samples.
    void Probe(Classifier network, double penalty, CancellationToken cancel)
    {
        var (features, targets, rows) = (new List<float>(), new List<float>(), _data.RowsOf(Split.Train));
        for (var view = 1; view <= Math.Max(1, _views.Count); view++)
        {
            var (loader, epoch) = (_views.Count > 0 ? _views[view - 1] : Judged, view);
            foreach (var (x, t) in LinearProbe.Features(network, loader.Reader, FromGroup, loader.Read(rows, row => new DrawKey(_plan.Seed, epoch, _data.KeyAt(row)), cancel), penalty))
            {
                features.AddRange(x);
                targets.AddRange(t);
            }
        }
        LinearProbe.Fit(network, [.. features], [.. targets], _data.Classes.Count, penalty);
    }

    // Only one size besides the full one is at hand at a time: each keeps batches.
    BatchLoader Images(int side)
    {
        if (side == _sides[^1]) return _images;
        if (_smaller?.Side != side) _smaller = (side, NewLoader(side));
        return _smaller.Value.Loader;
    }

    BatchLoader NewLoader(int side) =>
        new(_spec.NewReader(SampleSource.Of(_data), _plan.Preprocessing, _plan.Augment, _parts, _canvases, side), _plan.BatchSize, TorchRuntime.Threads);
}

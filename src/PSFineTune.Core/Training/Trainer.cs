using PSFineTune.Augment;
using PSFineTune.Data;
using PSFineTune.Imaging;
using PSFineTune.Models;
using PSFineTune.Native;
using static TorchSharp.torch;

namespace PSFineTune.Training;

/// <summary>The training of a network, top to bottom. It advances only as its events are pulled.</summary>
sealed class Trainer : IDisposable
{
    readonly TrainingPlan _plan;
    readonly Dataset _data;
    readonly RunFolder _folder;
    readonly IDisposable _threads;
    readonly CanvasCache? _cache;
    readonly Classifier _network;
    readonly BatchLoader _loader;
    readonly PacedOptimizer _optimizer;
    readonly TensorWatch _tensors = new();

    Trainer(NetworkSpec spec, TrainingPlan plan, Dataset data, RunFolder folder)
    {
        (_plan, _data, _folder) = (plan, data, folder);
        TorchRuntime.Ensure();
        _threads = TorchRuntime.UseThreads(plan.Threads);
        _cache = plan.CacheSize > 0 ? CanvasCache.Open(folder.CanvasesPath, plan.CacheSize) : null;
        _network = SourceNetwork.Target(spec, plan, data.Classes.Count);
        _loader = new(spec.NewReader(SampleSource.Of(data), plan.Preprocessing!, plan.Augment, _cache), plan.BatchSize, TorchRuntime.Threads);
        _optimizer = new(plan, _network);
    }

    /// <summary>Pulls the run forward; the last event is <see cref="RunDone"/>.</summary>
    public static IEnumerable<TrainEvent> Run(NetworkSpec spec, TrainingPlan plan, Dataset data, RunFolder folder, CancellationToken cancel)
    {
        PlanCheck.Refuse(plan, data, spec.Tensors(data.Classes.Count));
        using var trainer = new Trainer(spec, plan, data, folder);
        foreach (var happened in trainer.Epochs(cancel)) yield return happened;
    }

    public void Dispose()
    {
        _optimizer.Dispose();
        _network.Dispose();
        _threads.Dispose();
        _cache?.Dispose();
    }

    IEnumerable<TrainEvent> Epochs(CancellationToken cancel)
    {
        var rows = _data.RowsOf(Split.Train);
        var pace = new RunPace(BatchLoader.Parts(rows, _plan.BatchSize).Count, _plan.Epochs);
        var record = Begun();
        for (var epoch = 1; epoch <= _plan.Epochs; epoch++)
        {
            var tally = new EpochTally(epoch, pace);
            if (_optimizer.Begin(epoch)) _tensors.Restart();
            _network.Training = true;
            var losses = record.Epochs.Select(done => done.ValidationLoss).ToArray();
            foreach (var batch in _loader.Read(InOrder(rows, epoch), row => DrawOf(row, epoch), cancel))
            {
                cancel.ThrowIfCancellationRequested();
                _optimizer.Pace(_plan.Schedule.At(pace.Next(losses)));
                var (loss, hits) = Step(batch, epoch, pace.Step);
                _tensors.Check(pace.Step);
                yield return tally.Add(loss, hits, batch.Count);
            }
            tally.Trained();
            var (validationLoss, accuracy) = Judge(cancel);
            // The step that broke the weights had a loss still; a checkpoint of them would be worth nothing.
            if (double.IsNaN(validationLoss) && _data.RowsOf(Split.Validation).Length > 0) throw Broken(epoch, pace.Step, validationLoss);

            var metric = tally.Metric(validationLoss, accuracy, LearningRate);
            record = record with { Epochs = [.. record.Epochs, metric], Accuracy = Best(record.Accuracy, accuracy), WeightsHash = _network.WeightsHash() };
            Checkpoint.Write(_folder, epoch, _network, record);
            _folder.Record = record;
            _folder.Log(metric);
            yield return new EpochDone(metric);
        }
        _folder.Record = record = record with { Finished = DateTimeOffset.UtcNow, ExitCode = 0 };
        yield return new RunDone(record);
    }

    RunRecord Begun() => _folder.Record = new()
    {
        Id = _folder.Id,
        Path = _folder.Path,
        Plan = _plan,
        Classes = _data.Classes,
        Started = DateTimeOffset.UtcNow,
        Threads = TorchRuntime.Threads,
        Environment = TorchRuntime.Description,
    };

    (double Loss, int Hits) Step(Batch batch, int epoch, int step)
    {
        using var scope = NewDisposeScope();
        _network.Noise = RandomStream.For(_plan.Seed, step, "noise");
        _optimizer.Clear();
        var (logits, targets) = (_network.Forward(_loader.Reader.Tensor(batch)), batch.TargetTensor());
        var weights = batch.WeightTensor();
        var each = _plan.Loss.Of(logits, targets);
        var loss = (each * weights).sum() / weights.sum();
        var value = loss.item<float>();
        if (!float.IsFinite(value)) throw Broken(epoch, step, value, Worst(each, batch));
        loss.backward();
        _optimizer.Step();
        return (value, (int)logits.argmax(1).eq(targets.argmax(1)).sum().item<long>());
    }

    (double Loss, double Accuracy) Judge(CancellationToken cancel)
    {
        var (loss, hits, seen) = (0.0, 0, 0);
        foreach (var (row, scores) in Inference.Run(_network, _loader, _data.RowsOf(Split.Validation), cancel))
        {
            var label = _data.LabelAt(row);
            loss -= Math.Log(Math.Max(scores[label], 1e-30f));
            hits += Array.IndexOf(scores, scores.Max()) == label ? 1 : 0;
            seen++;
        }
        return seen == 0 ? (double.NaN, double.NaN) : (loss / seen, (double)hits / seen);
    }

    double LearningRate => _plan.Optimizer.LearningRate * _optimizer.Factor;

    FineTuneException Broken(int epoch, int step, double loss, int? row = null)
    {
        var fault = Fault.LossNotFinite(epoch, step, loss, LearningRate);
        if (row is { } sample) fault.Detail = _loader.Reader.Describe(sample, DrawOf(sample, epoch));
        return fault;
    }

    // NaN counts as the worst.
    static int Worst(Tensor losses, Batch batch) => batch.Rows[(int)losses.argmax().item<long>()];

    DrawKey DrawOf(int row, int epoch) => new(_plan.Seed, epoch, _data.KeyAt(row));

    int[] InOrder(int[] rows, int epoch) => [.. RandomStream.For(_plan.Seed, epoch, "order").Permutation(rows.Length).Select(i => rows[i])];

    static double Best(double before, double now) => double.IsNaN(before) || now > before ? now : before;
}

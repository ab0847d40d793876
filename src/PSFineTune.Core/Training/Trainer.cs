using System.Diagnostics;
using PSFineTune.Augment;
using PSFineTune.Data;
using PSFineTune.Models;
using PSFineTune.Native;
using PSFineTune.Training.Frozen;

namespace PSFineTune.Training;

/// <summary>The training of a network, top to bottom. It advances only as its events are pulled.</summary>
sealed class Trainer : IDisposable
{
    readonly TrainingPlan _plan;
    readonly Dataset _data;
    readonly RunFolder _folder;
    readonly RunOptions _options;
    readonly int[] _rows;
    readonly IDisposable _threads;
    readonly Learner _learner;
    readonly TrainingInputs _inputs;
    readonly StepWatch _watch = new();
    readonly List<float> _losses = [];
    readonly Queue<Noted> _notes = new();

    RunRecord _record = new();
    RunPosition _position = new();
    double[] _validationLosses = [];
    RunPace _pace;
    int _saved;
    long _savedAt = Stopwatch.GetTimestamp();

    Trainer(NetworkSpec spec, TrainingPlan plan, Dataset data, RunFolder folder, RunOptions options, Packaging.ModelParts parts)
    {
        (_plan, _data, _folder, _options, _rows) = (plan, data, folder, options, data.RowsOf(Split.Train));
        TorchRuntime.Ensure();
        _threads = TorchRuntime.UseThreads(folder.HasRecord ? folder.Record.Threads : plan.Threads);
        _inputs = new(spec, plan, data, folder, parts);
        _learner = new(spec, plan, data, parts);
        _pace = new(BatchLoader.Parts(_rows, plan.BatchSize).Count, plan.Epochs);
    }

    /// <summary>Pulls the run forward; the last event is <see cref="RunDone"/>.</summary>
    public static IEnumerable<TrainEvent> Run(NetworkSpec spec, TrainingPlan plan, Dataset data, RunFolder folder, RunOptions options, CancellationToken cancel)
    {
        PlanCheck.Refuse(plan, data, spec.Tensors(data.Classes.Count));
        using var trainer = new Trainer(spec, plan, data, folder, options, TrainingInputs.Learn(spec, plan, data, folder, cancel));
        foreach (var happened in trainer.Epochs(cancel)) yield return happened;
    }

    public void Dispose()
    {
        _learner.Dispose();
        _threads.Dispose();
        _inputs.Dispose();
    }

    IEnumerable<TrainEvent> Epochs(CancellationToken cancel)
    {
        Begin();
        foreach (var happened in _inputs.Prepare(_learner, isNew: _position.Step == 0, cancel))
        {
            if (_position.Step == 0 && happened is Noted { Message: var message }) _record = _record with { Preparation = [.. _record.Preparation, message] };
            yield return happened;
        }
        if (_position.Step == 0 && PrecisionTrial.Warning(_plan, _learner, 1, _inputs.Of(1), _inputs.Of(1).Read(InOrder(1), row => DrawOf(row, 1), cancel)) is { } slow) Note(slow);
        // Whether what is in memory are the weights after whole steps, of which a run that ends early leaves a checkpoint.
        var whole = true;
        try
        {
            for (var epoch = _record.Epochs.Count + 1; _record.End is null && epoch <= _plan.Epochs; epoch++)
            {
                var tally = new EpochTally(epoch, _pace, _position);
                if (_learner.Begin(epoch)) _watch.Restart();
                _validationLosses = [.. _record.Epochs.Select(done => done.ValidationLoss)];
                foreach (var batch in _inputs.Of(epoch).Read(InOrder(epoch), row => DrawOf(row, epoch), cancel, skip: _position.StepInEpoch))
                {
                    cancel.ThrowIfCancellationRequested();
                    whole = false;
                    var result = Step(batch, epoch);
                    whole = true;
                    _losses.Add(result.Loss);
                    var done = tally.Add(result.Loss, result.Hits, batch.Count);
                    _position = tally.Position(_learner.Parts);
                    while (_notes.TryDequeue(out var note)) yield return note;
                    yield return done;
                    if (_options.TimeBudget < _pace.Elapsed) break;
                    if (IsDue()) Save();
                }
                tally.Trained();
                var (validationLoss, accuracy) = Validation.Judge(_learner.Model, _inputs.Judged, _data, cancel, _inputs.FromGroup);
                // The step that broke the weights had a loss still; a checkpoint of them would be worth nothing.
                whole = !double.IsNaN(validationLoss) || _data.RowsOf(Split.Validation).Length == 0;
                if (!whole) throw Broken(epoch, validationLoss);

                var metric = tally.Metric(validationLoss, accuracy, _learner.LearningRate);
                Finish(metric, tally);
                yield return new EpochDone(metric);
            }
            if (_plan.Keep == ModelChoice.Best) _record = _record with { WeightsHash = Checkpoint.RecordOf(Checkpoint.Of(_folder, _record, _plan.Keep)).WeightsHash };
            _folder.Record = _record = _record with { Finished = DateTimeOffset.UtcNow, ExitCode = 0 };
        }
        finally
        {
            if (whole) Rescue();
        }
        yield return new RunDone(_record);
    }

    /// <summary>From the first step, or from where the run was.</summary>
    void Begin()
    {
        var checkpoint = _folder.HasRecord ? Checkpoint.ToResume(_folder, _plan, flaw => Note($"A checkpoint is passed over for the one before: {flaw.Message}")) : null;
        if (checkpoint is null)
        {
            _record = new() { Id = _folder.Id, Path = _folder.Path, Plan = _plan, Classes = _data.Classes, Started = DateTimeOffset.UtcNow, Threads = TorchRuntime.Threads, Environment = TorchRuntime.Description, CodeAllowed = _plan.Model is { HoldsCode: true } };
            Checkpoint.CheckSpace(_folder, Checkpoint.BytesOf(_learner));
            if (ClassCounts.Warning(_data, _plan) is { } uneven) Note(uneven);
            if (TorchDevice.Warning(_plan.Device) is { } unlike) Note(unlike);
        }
        else
        {
            var said = _record.Notes;
            (_record, _position, var losses) = Checkpoint.Load(checkpoint, _learner);
            _losses.AddRange(losses);
            _pace = new(_pace.StepsPerEpoch, _plan.Epochs, _saved = _position.Step);
            _record = _position.Reopen(_record) with { Path = _folder.Path, Resumes = _record.Resumes + 1, Notes = [.. _record.Notes, .. said] };
            if (_record.Environment != TorchRuntime.Description) Note($"The run goes on with other software or another processor ({TorchRuntime.Description}; it was {_record.Environment}), so its last bits may be others than those of an uninterrupted one.");
            _notes.Enqueue(new($"Goes on from '{checkpoint}', after step {_position.Step} of {_pace.Steps}."));
        }
        _folder.Record = _record;
    }

    StepResult Step(Batch batch, int epoch)
    {
        var result = _learner.Step(batch, _inputs.Of(epoch).Reader, _pace, _plan.Schedule.At(_pace.Next(_validationLosses)), Shared);
        if (!float.IsFinite(result.Loss)) throw Broken(epoch, result.Loss, batch.Rows[result.Worst]);
        _watch.Check(_pace.Step);
        return result;

        void Shared(string why)
        {
            Note(why);
            _watch.Restart();
        }
    }

    void Finish(EpochMetric metric, EpochTally tally)
    {
        _record = _record with { Epochs = [.. _record.Epochs, metric] };
        var whole = _pace.Step == metric.Epoch * _pace.StepsPerEpoch;
        _record = _record with { Accuracy = _record.BestEpoch!.Accuracy, End = whole ? EndAfter(metric) : RunEnd.TimeBudget };
        _position = whole ? new() { Step = _pace.Step, Parts = _learner.Parts } : tally.Position(_learner.Parts);
        Save();
        _folder.Log(metric);
    }

    RunEnd? EndAfter(EpochMetric metric) =>
        _pace.Step == _pace.Steps ? RunEnd.AllEpochs
        : _plan.Patience > 0 && metric.Epoch - _record.BestEpoch!.Epoch >= _plan.Patience ? RunEnd.EarlyStop
        : _options.TimeBudget < _pace.Elapsed ? RunEnd.TimeBudget : null;

    bool IsDue() => (_options.CheckpointSteps > 0 && _pace.Step - _saved >= _options.CheckpointSteps) || Stopwatch.GetElapsedTime(_savedAt) > _options.CheckpointInterval;

    void Save()
    {
        _record = _record with { WeightsHash = _learner.Model.WeightsHash() };
        Checkpoint.Write(_folder, new(_record, _position, [.. _losses]), _learner);
        _folder.Record = _record;
        (_saved, _savedAt) = (_pace.Step, Stopwatch.GetTimestamp());
    }

    // Stopped or failed: what ended the run is what counts, even where this cannot be written.
    void Rescue()
    {
        try
        {
            if (_record.ExitCode is null && _position.Step > _saved) Save();
        }
        catch (FineTuneException)
        {
        }
    }

    void Note(string message)
    {
        _notes.Enqueue(new(message, IsWarning: true));
        _record = _record with { Notes = [.. _record.Notes, message] };
    }

    FineTuneException Broken(int epoch, double loss, int? row = null)
    {
        var fault = Fault.LossNotFinite(epoch, _pace.Step, loss, _learner.LearningRate);
        fault.Detail = row is { } sample ? _inputs.Of(epoch).Reader.Describe(sample, DrawOf(sample, epoch)) : null;
        return fault;
    }

    DrawKey DrawOf(int row, int epoch) => new(_plan.Seed, epoch, _data.KeyAt(row));

    int[] InOrder(int epoch) => LengthBuckets.Mixed(_inputs.Of(epoch).Reader, _plan.Sampler.Order(_rows, _data.LabelAt, RandomStream.For(_plan.Seed, epoch, "order")), _plan.BatchSize, RandomStream.For(_plan.Seed, epoch, "buckets"));
}

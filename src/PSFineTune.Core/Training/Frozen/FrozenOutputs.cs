using System.Security.Cryptography;
using System.Text;
using PSFineTune.Augment;
using PSFineTune.Data;
using PSFineTune.Models;
using static TorchSharp.torch;

namespace PSFineTune.Training.Frozen;

/// <summary>
/// What the frozen layers make of every sample, computed once: of each training sample so many augmented views, of each
/// validation sample the plain one. Kept in the workspace by everything that it depends on, so that the next run has it.
/// </summary>
sealed class FrozenOutputs : IDisposable
{
    readonly TrainingPlan _plan;
    readonly Func<int, BatchLoader> _images;
    readonly Classifier _network;
    readonly int[] _train, _validation;
    readonly Dataset _data;
    readonly string _folder;
    readonly List<OutputFile> _views = [];
    readonly IReadOnlyList<int> _sides;

    /// <param name="plan">Of the run.</param>
    /// <param name="data">Of the plan.</param>
    /// <param name="network">Whose first groups are frozen.</param>
    /// <param name="boundary">How many groups.</param>
    /// <param name="images">Of the samples, by their size in pixels.</param>
    /// <param name="folder">Of the cache.</param>
    public FrozenOutputs(TrainingPlan plan, Dataset data, Classifier network, int boundary, Func<int, BatchLoader> images, string folder)
    {
        (_plan, _data, _network, _images, _folder, Boundary) = (plan, data, network, images, folder, boundary);
        (_train, _validation) = (data.RowsOf(Split.Train), data.RowsOf(Split.Validation));
        _sides = ProgressiveSize.Of(plan, plan is { Augment.Ops.Count: 0, StartImageSize: null } ? 1 : plan.CachedViews);
    }

    public int Boundary { get; }

    /// <summary>Augmented views of each training sample, in the order of the epochs that have them.</summary>
    public IReadOnlyList<OutputFile> Views => _views;

    /// <summary>Of the validation samples; null where there are none.</summary>
    public OutputFile? Plain { get; private set; }

    /// <summary>Computes what is not there yet.</summary>
    public IEnumerable<PassDone> Prepare(CancellationToken cancel)
    {
        // Of the weights before any step, which no step changes.
        var key = KeyOfAll();
        using var fast = FastForward.Of(_network, 0, Boundary);
        _network.Training = false;
        if (_validation.Length > 0)
        {
            var path = Path.Combine(_folder, $"{key}-plain.bin");
            foreach (var done in Written(path, _validation, _sides[^1], _ => null, fast, "validation samples", cancel)) yield return done;
            Plain = Opened(path, _validation);
        }
        for (var view = 1; view <= _sides.Count; view++)
        {
            var (side, epoch) = (_sides[view - 1], view);
            var path = Path.Combine(_folder, $"{key}-view{view}{(side == _sides[^1] ? "" : $"-{side}px")}.bin");
            foreach (var done in Written(path, _train, side, row => new DrawKey(_plan.Seed, epoch, _data.KeyAt(row)), fast, $"view {view} of {_sides.Count}", cancel)) yield return done;
            _views.Add(Opened(path, _train));
        }
    }

    public void Dispose()
    {
        Plain?.Dispose();
        foreach (var file in _views) file.Dispose();
    }

    static OutputFile Opened(string path, int[] rows) => OutputFile.Open(path, rows) ?? throw Fault.CannotRead(path, new IOException("What was written is not there."));

    // The file is written as it is pulled: by a thread of its own, for DurableFile pulls, and so do we.
    IEnumerable<PassDone> Written(string path, int[] rows, int side, Func<int, DrawKey?> drawOf, FastForward? fast, string what, CancellationToken cancel)
    {
        if (OutputFile.IsWhole(path, rows.Length)) yield break;
        var images = _images(side);
        var done = new System.Collections.Concurrent.BlockingCollection<int>();
        var writing = Task.Run(() =>
        {
            try
            {
                OutputFile.Write(path, rows.Length, Computed());
            }
            finally
            {
                done.CompleteAdding();
            }
        }, CancellationToken.None);
        foreach (var count in done.GetConsumingEnumerable(CancellationToken.None)) yield return new($"Frozen layers, {what}", count, rows.Length);
        writing.GetAwaiter().GetResult();

        IEnumerable<(long[], float[], float[], int)> Computed()
        {
            var seen = 0;
            foreach (var batch in images.Read(rows, drawOf, cancel))
            {
                var (values, shape) = Outputs(batch, images.Reader, fast);
                yield return (shape, values, batch.Targets[..(batch.Count * batch.Classes)], batch.Count);
                done.Add(seen += batch.Count, CancellationToken.None);
            }
        }
    }

    (float[] Values, long[] Shape) Outputs(Batch batch, SampleReader reader, FastForward? fast)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var x = reader.Tensor(batch);
        var y = fast?.Forward(x) ?? _network.Forward(x, 0, Boundary);
        if (y.Dimensions == 4) y = y.permute(0, 2, 3, 1).contiguous();
        return (y.data<float>().ToArray(), y.shape[1..]);
    }

    string KeyOfAll()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var tensor in _network.Store().Where(tensor => Group(tensor.Name) < Boundary)) hash.AppendData(tensor.Bytes);
        hash.AppendData(Encoding.UTF8.GetBytes(string.Join('\n',
            Boundary, _plan.Model, _data.Fingerprint, _plan.Seed, PlanJson.Write(_plan.Augment), PlanJson.Write(_plan.Preprocessing!), Native.TorchRuntime.Description)));
        return Convert.ToHexString(hash.GetHashAndReset())[..32].ToLowerInvariant();
    }

    int Group(string tensor) => _network.Groups.ToList().IndexOf(_network.Specs.First(spec => spec.Name == tensor).Group);
}

/// <summary>How far a pass over the samples is that comes before training.</summary>
sealed record PassDone(string What, int Done, int Count) : TrainEvent;

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
    readonly BatchLoader _images;
    readonly Classifier _network;
    readonly int[] _train, _validation;
    readonly Dataset _data;
    readonly string _folder;
    readonly List<OutputFile> _views = [];

    /// <param name="plan">Of the run.</param>
    /// <param name="data">Of the plan.</param>
    /// <param name="network">Whose first groups are frozen.</param>
    /// <param name="boundary">How many groups.</param>
    /// <param name="images">Of the samples.</param>
    /// <param name="folder">Of the cache.</param>
    public FrozenOutputs(TrainingPlan plan, Dataset data, Classifier network, int boundary, BatchLoader images, string folder)
    {
        (_plan, _data, _network, _images, _folder, Boundary) = (plan, data, network, images, folder, boundary);
        (_train, _validation) = (data.RowsOf(Split.Train), data.RowsOf(Split.Validation));
    }

    public int Boundary { get; }

    /// <summary>Augmented views of each training sample.</summary>
    public int Views => _plan.Augment.Ops.Count == 0 ? 1 : _plan.CachedViews;

    /// <summary>Computes what is not there yet.</summary>
    public IEnumerable<PassDone> Prepare(CancellationToken cancel)
    {
        // Of the weights before any step, which no step changes.
        var key = KeyOfAll();
        using var fast = FastForward.Of(_network, 0, Boundary);
        _network.Training = false;
        for (var view = 0; view <= Views; view++)
        {
            var (rows, epoch) = view == 0 ? (_validation, 0) : (_train, view);
            var path = Path.Combine(_folder, $"{key}-{(view == 0 ? "plain" : $"view{view}")}.bin");
            if (OutputFile.Open(path, rows) is not { } file)
            {
                if (rows.Length == 0) continue;
                foreach (var done in Written(path, rows, row => view == 0 ? null : new DrawKey(_plan.Seed, epoch, _data.KeyAt(row)), fast, view, cancel)) yield return done;
                file = OutputFile.Open(path, rows) ?? throw Fault.CannotRead(path, new IOException("What was written is not there."));
            }
            _views.Add(file);
        }
    }

    /// <summary>The file that has a sample as it is drawn.</summary>
    public OutputFile Of(DrawKey? draw) => draw is { } key ? _views[^(Views - (key.Epoch - 1) % Views)] : _views[0];

    /// <summary>Of one sample.</summary>
    public long[] Shape => _views[^1].Shape;

    public void Dispose()
    {
        foreach (var file in _views) file.Dispose();
    }

    // The file is written as it is pulled: by a thread of its own, for DurableFile pulls, and so do we.
    IEnumerable<PassDone> Written(string path, int[] rows, Func<int, DrawKey?> drawOf, FastForward? fast, int view, CancellationToken cancel)
    {
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
        var passes = view == 0 ? "validation samples" : $"view {view} of {Views}";
        foreach (var count in done.GetConsumingEnumerable(CancellationToken.None)) yield return new($"Frozen layers, {passes}", count, rows.Length);
        writing.GetAwaiter().GetResult();

        IEnumerable<(long[], float[], float[], int)> Computed()
        {
            var seen = 0;
            foreach (var batch in _images.Read(rows, drawOf, cancel))
            {
                var (values, shape) = Outputs(batch, fast);
                yield return (shape, values, batch.Targets[..(batch.Count * batch.Classes)], batch.Count);
                done.Add(seen += batch.Count, CancellationToken.None);
            }
        }
    }

    (float[] Values, long[] Shape) Outputs(Batch batch, FastForward? fast)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var x = _images.Reader.Tensor(batch);
        var y = fast?.Forward(x) ?? _network.Forward(x, 0, Boundary);
        if (y.Dimensions == 4) y = y.permute(0, 2, 3, 1).contiguous();
        return (y.data<float>().ToArray(), y.shape[1..]);
    }

    string KeyOfAll()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var tensor in _network.Store().Where(tensor => Group(tensor.Name) < Boundary)) hash.AppendData(tensor.Bytes);
        hash.AppendData(Encoding.UTF8.GetBytes(string.Join('\n',
            Boundary, _plan.Model, _data.Fingerprint, _plan.Seed, PlanJson.Write(_plan.Augment), PlanJson.Write(_plan.Preprocessing!), _network.Device, Native.TorchRuntime.Description)));
        return Convert.ToHexString(hash.GetHashAndReset())[..32].ToLowerInvariant();
    }

    int Group(string tensor) => _network.Groups.ToList().IndexOf(_network.Specs.First(spec => spec.Name == tensor).Group);
}

/// <summary>How far a pass over the samples is that comes before training.</summary>
sealed record PassDone(string What, int Done, int Count) : TrainEvent;

using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using PSFineTune.Augment;
using PSFineTune.Data;
using PSFineTune.Models;
using PSFineTune.Native;
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
    readonly IReadOnlyList<int> _sides;
    readonly Dictionary<int, OutputFile> _files = [];

    /// <param name="plan">Of the run.</param>
    /// <param name="data">Of the plan.</param>
    /// <param name="network">Whose first groups are frozen.</param>
    /// <param name="boundary">How many groups.</param>
    /// <param name="images">Of the samples, by their side in pixels.</param>
    /// <param name="folder">Of the cache.</param>
    public FrozenOutputs(TrainingPlan plan, Dataset data, Classifier network, int boundary, Func<int, BatchLoader> images, string folder)
    {
        (_plan, _data, _network, _images, _folder, Boundary) = (plan, data, network, images, folder, boundary);
        (_train, _validation) = (data.RowsOf(Split.Train), data.RowsOf(Split.Validation));
        _sides = ProgressiveSize.Of(plan, plan is { Augment.Ops.Count: 0, StartImageSize: null } ? 1 : plan.CachedViews);
    }

    public int Boundary { get; }

    /// <summary>Augmented views of each training sample.</summary>
    public int Views => _sides.Count;

    /// <summary>A view of all samples that were prepared, from 1; 0 is the plain one, of the validation samples, and where there are none the last.</summary>
    public ILayerOutputs Of(int view) => new ViewOutputs(_files.TryGetValue(view, out var file) ? file : _files[Views], view);

    /// <summary>Side of the images of a view, pixels.</summary>
    public int SideOf(int view) => _sides[view == 0 ? ^1 : view - 1];

    /// <summary>Computes what is not there yet.</summary>
    public IEnumerable<PassDone> Prepare(CancellationToken cancel)
    {
        using var fast = FastForward.Of(_network, 0, Boundary);
        _network.Training = false;
        foreach (var (view, rows, side, path) in Passes())
        {
            if (!OutputFile.IsWhole(path, rows.Length))
                foreach (var done in Written(path, rows, side, view, fast, cancel)) yield return done;
            _files[view] = OutputFile.Open(path, rows) ?? throw Fault.CannotRead(path, new IOException("What was written is not there."));
        }
    }

    /// <summary>The passes that <see cref="Prepare"/> would make, as the rows of each: what is there by name is opened and left as it is.</summary>
    /// <returns>View 0 is the plain one, of the validation samples; the share of a full image's pixels that its images have.</returns>
    public IReadOnlyList<(int View, int[] Rows, double Share)> Missing() =>
        [.. Passes().Where(pass => !OutputFile.IsWhole(pass.Path, pass.Rows.Length)).Select(pass => (pass.View, pass.Rows, ProgressiveSize.ShareOf(pass.Side, _sides[^1])))];

    /// <summary>How a view draws a sample; 0 is the plain one.</summary>
    public Func<int, DrawKey?> DrawOf(int view) => row => view == 0 ? null : new DrawKey(_plan.Seed, view, _data.KeyAt(row));

    public void Dispose()
    {
        foreach (var file in _files.Values) file.Dispose();
    }

    // The file is written as it is pulled: by a thread of its own, for DurableFile pulls, and so do we.
    IEnumerable<PassDone> Written(string path, int[] rows, int side, int view, FastForward? fast, CancellationToken cancel)
    {
        var images = _images(side);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        using var done = new BlockingCollection<int>();
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
        try
        {
            foreach (var count in done.GetConsumingEnumerable(CancellationToken.None)) yield return new($"Frozen layers, {passes}", count, rows.Length);
            writing.GetAwaiter().GetResult();
        }
        finally
        {
            // Whoever pulls may stop: what the task computes with is freed then, so it must be over.
            stop.Cancel();
            ((IAsyncResult)writing).AsyncWaitHandle.WaitOne();
        }

        IEnumerable<(long[], float[], float[], int)> Computed()
        {
            var seen = 0;
            foreach (var batch in images.Read(rows, DrawOf(view), stop.Token))
            {
                var (values, shape) = Outputs(batch, images.Reader, fast);
                yield return (shape, values, batch.Targets[..(batch.Count * batch.Classes)], batch.Count);
                done.Add(seen += batch.Count, CancellationToken.None);
            }
        }
    }

    /// <summary>What the frozen layers make of a batch of images.</summary>
    /// <param name="batch">Of the samples.</param>
    /// <param name="reader">What filled it.</param>
    /// <param name="fast">The frozen layers; where it is null, libtorch does it.</param>
    public (float[] Values, long[] Shape) Outputs(Batch batch, SampleReader reader, FastForward? fast)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var x = reader.Tensor(batch);
        var y = fast?.Forward(x) ?? _network.Forward(x, 0, Boundary);
        if (y.Dimensions == 4) y = y.permute(0, 2, 3, 1).contiguous();
        // A file has samples of one shape: of texts, that of the longest.
        if (y.Dimensions == 3 && batch.Inputs.Values.Single().Shape is [var longest]) y = nn.functional.pad(y, [0, 0, 0, longest - y.shape[1]]);
        return (y.data<float>().ToArray(), y.shape[1..]);
    }

    // Named by the weights before any step, which no step changes.
    IEnumerable<(int View, int[] Rows, int Side, string Path)> Passes()
    {
        var key = KeyOfAll();
        return from view in Enumerable.Range(0, Views + 1)
               let rows = view == 0 ? _validation : _train
               where rows.Length > 0
               let side = SideOf(view)
               let size = side == _sides[^1] ? "" : $"-{side}px"
               select (view, rows, side, Path.Combine(_folder, $"{key}-{(view == 0 ? "plain" : $"view{view}")}{size}.bin"));
    }

    string KeyOfAll()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var tensor in _network.Store().Where(tensor => Group(tensor.Name) < Boundary)) hash.AppendData(tensor.Bytes);
        // Not the data's fingerprint: it is the same whatever the order, and files are read by place.
        foreach (var row in _train.Concat(_validation))
        {
            hash.AppendData(_data.HashAt(row));
            hash.AppendData(BitConverter.GetBytes(_data.LabelAt(row)));
        }
        hash.AppendData(Encoding.UTF8.GetBytes(string.Join('\n',
            Boundary, _plan.Model, _train.Length, _plan.Seed, PlanJson.Write(_plan.Augment), PlanJson.Write(_plan.Preprocessing), PlanJson.Write(_plan.TextPipeline),
            _network.Device, TorchRuntime.Description, TorchRuntime.Threads, _plan.BatchSize, OnnxEngine.IsReady && _network.Exports(0, Boundary))));
        return Convert.ToHexString(hash.GetHashAndReset())[..32].ToLowerInvariant();
    }

    int Group(string tensor) => _network.Groups.ToList().IndexOf(_network.Specs.First(spec => spec.Name == tensor).Group);
}

/// <summary>How far a pass over the samples is that comes before training.</summary>
sealed record PassDone(string What, int Done, int Count) : TrainEvent;

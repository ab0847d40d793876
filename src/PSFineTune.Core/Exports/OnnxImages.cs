using PSFineTune.Models;
using PSFineTune.Models.Onnx;
using PSFineTune.Models.Onnx.Schema;
using PSFineTune.Packaging;
using PSFineTune.Packaging.Probes;
using PSFineTune.Training;
using static TorchSharp.torch;

namespace PSFineTune.Exports;

/// <summary>
/// A network of images. As it is, it takes what PyTorch's networks take: float32, N x 3 x H x W, scaled and shifted. With its
/// preprocessing it takes what decoders give: 8 bits, N x H x W x 3, red first.
/// </summary>
sealed class OnnxImages(NetworkPredictor predictor, ModelPackage package, bool includePreprocessing) : OnnxSource(predictor)
{
    const string Pixels = "pixels", Images = "images";

    // Levels of 256: half a one, and what is lost between.
    const double Rounding = 0.51;

    readonly Preprocessing _preprocessing = package.Preprocessing ?? ((NetworkSpec)package.Plan.Model!).DefaultPreprocessing!;
    readonly List<byte[]> _pictures = [];
    readonly List<float[]> _values = [];

    long Side => _preprocessing.InputSize;

    float[] Factors => [.. _preprocessing.Std.Select(std => (float)(_preprocessing.Scale / std))];

    float[] Offsets => [.. _preprocessing.Mean.Zip(_preprocessing.Std, (mean, std) => (float)(-mean / std))];

    public override string Build(OnnxGraph graph) => predictor.Network.Export(graph, includePreprocessing ? Prepared(graph) : graph.Take(Pixels, TensorProto.Types.DataType.Float, BatchSide, 3, Side, Side));

    public override IEnumerable<(string, string)> Facts =>
    [
        ("preprocessing", PlanJson.WriteLine(_preprocessing)),
        ("preprocessing_in_graph", includePreprocessing ? "true" : "false"),
        ("before_the_graph", PlanJson.WriteLine($"Upright picture, shorter side resized to {_preprocessing.ResizeSize} pixels ({_preprocessing.Interpolation.ToString().ToLowerInvariant()}, antialiased), centre of {Side} x {Side} pixels cut out"
            + (includePreprocessing ? ", 8 bits, red, green, blue." : $"; then (pixel * scale - mean) / std by channel, in the order {_preprocessing.Channels}, channels before rows."))),
    ];

    public override int Prepare(ProbeSet? probes, CancellationToken cancel)
    {
        predictor.Network.Training = false;
        if (probes is null)
            for (var made = 0; made < Made; made++) Add(Smooth(made));
        else foreach (var names in probes.Probes.Select(probe => probe.Image!).Chunk(predictor.BatchSize))
        {
            predictor.Held = name => probes.Images.GetValueOrDefault(name)?.Bytes();
            var (reader, faults) = ((ImageReader)predictor.ReaderOf(names), new FineTuneException?[names.Length]);
            var batch = predictor.Read(reader, names, faults, cancel);
            for (var slot = 0; slot < names.Length; slot++)
            {
                if (faults[slot] is { } fault) throw Fault.BadProbes(package.Path, fault.Message.TrimEnd('.'));
                var values = batch.Inputs.Single().Value.Slot<float>(slot).ToArray();
                var picture = new byte[values.Length];
                reader.Denormalize(values, picture);
                if (includePreprocessing) RequireSame(values, Normalized(picture));
                Add(picture, values);
            }
        }
        return _pictures.Count;
    }

    public override OnnxBatch Batch(int from, int count)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var x = tensor(_values.Skip(from).Take(count).SelectMany(values => values).ToArray(), [count, Side, Side, 3]).permute(0, 3, 1, 2);
        var (values, shape) = includePreprocessing ? ((Array)_pictures.Skip(from).Take(count).SelectMany(picture => picture).ToArray(), new[] { count, Side, Side, 3 })
            : (x.contiguous().data<float>().ToArray(), [count, 3, Side, Side]);
        return new(new Dictionary<string, (Array, long[])> { [includePreprocessing ? Images : Pixels] = (values, shape) }, predictor.Network.Forward(x).contiguous().data<float>().ToArray(), count);
    }

    string Prepared(OnnxGraph graph)
    {
        var x = graph.Cast(graph.Take(Images, TensorProto.Types.DataType.Uint8, BatchSide, Side, Side, 3), TensorProto.Types.DataType.Float);
        if (_preprocessing.Channels == ChannelOrder.Bgr) x = graph.Add("Gather", [x, graph.Constant(2, 1, 0)], ("axis", 3));
        x = graph.Add("Transpose", [x], ("perm", [0, 3, 1, 2]));
        return graph.Add("Add", [graph.Add("Mul", [x, graph.Constant(Factors, 3, 1, 1)]), graph.Constant(Offsets, 3, 1, 1)]);
    }

    void Add(byte[] picture, float[]? values = null)
    {
        _pictures.Add(picture);
        _values.Add(values is null || includePreprocessing ? Normalized(picture) : values);
    }

    // What goes into the graph is written here once more: it must undo what the reader of predictions does, but for the rounding to 8 bits.
    void RequireSame(float[] read, float[] again)
    {
        var factors = Factors;
        var apart = Enumerable.Range(0, read.Length).Max(i => Math.Abs((double)read[i] - again[i]) / factors[i % 3]);
        if (!(apart <= Rounding)) throw Fault.OnnxPixelsDiffer(package.Path, apart, Rounding);
    }

    float[] Normalized(byte[] picture)
    {
        var (factors, offsets, values) = (Factors, Offsets, new float[picture.Length]);
        for (var i = 0; i < values.Length; i++)
        {
            var channel = _preprocessing.Channels == ChannelOrder.Rgb ? i % 3 : 2 - i % 3;
            values[i - i % 3 + channel] = picture[i] * factors[channel] + offsets[channel];
        }
        return values;
    }

    // Waves of colour, more like photos than noise is.
    byte[] Smooth(int made)
    {
        var (random, picture) = (RandomStream.For(made, 0, "onnx"), new byte[Side * Side * 3]);
        for (var channel = 0; channel < 3; channel++)
        {
            var (across, down, phase) = (random.Uniform(-0.2, 0.2), random.Uniform(-0.2, 0.2), random.Uniform(0, 6));
            for (var i = 0; i < Side * Side; i++) picture[3 * i + channel] = (byte)(127.5 + 127 * Math.Sin(phase + across * (i % Side) + down * (i / Side)));
        }
        return picture;
    }
}

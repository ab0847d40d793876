using System.Runtime.InteropServices;
using Google.Protobuf;
using PSFineTune.Models.Onnx.Schema;
using DataType = PSFineTune.Models.Onnx.Schema.TensorProto.Types.DataType;

namespace PSFineTune.Exports;

/// <summary>
/// Dynamic quantisation by ONNX's own operators: weights of matrix products and of convolutions become 8 bits with a scale for
/// each output channel, what they are multiplied with becomes 8 bits with a scale for the whole batch as it comes, and
/// sums are exact 32-bit integers. A batch norm behind a convolution goes into its scales; rows of embeddings become 8
/// bits with a scale each. What has no such operator stays as it is: convolutions in groups or along one side, LSTM, double. So does
/// what comes behind a global pool: with one value a channel it takes no time, and the rounding of one is not made good by others.
/// </summary>
/// <remarks>Weights are unsigned around 128, because products of signed and unsigned bytes saturate on processors without VNNI.</remarks>
sealed class OnnxQuantizer
{
    const int Zero = 128, Most = 127;

    readonly GraphProto _graph;
    readonly Dictionary<string, TensorProto> _weights;
    readonly ILookup<string, NodeProto> _readers;
    readonly Dictionary<string, (string Values, string Scale, string Zero)> _rounded = [];
    readonly List<NodeProto> _nodes = [];
    readonly HashSet<NodeProto> _merged = [];
    readonly HashSet<string> _pooled = [];
    int _names;

    OnnxQuantizer(GraphProto graph)
    {
        _graph = graph;
        _weights = graph.Initializer.ToDictionary(tensor => tensor.Name);
        _readers = graph.Node.SelectMany(node => node.Input.Select(input => (input, node))).ToLookup(pair => pair.input, pair => pair.node);
    }

    /// <summary>Changes a graph as above.</summary>
    public static void Apply(GraphProto graph)
    {
        var quantizer = new OnnxQuantizer(graph);
        foreach (var node in graph.Node) quantizer.Take(node);
        graph.Node.Clear();
        graph.Node.AddRange(quantizer._nodes);
        var read = graph.Node.SelectMany(node => node.Input).ToHashSet();
        foreach (var unread in graph.Initializer.Where(tensor => !read.Contains(tensor.Name)).ToList()) graph.Initializer.Remove(unread);
    }

    /// <summary>Whether anything of a graph became 8 bits; a machine with a kernel has nothing that can.</summary>
    public static bool IsIn(GraphProto graph) => graph.Initializer.Any(tensor => tensor.DataType == DataType.Uint8 && tensor.Dims.Count > 0);

    void Take(NodeProto node)
    {
        if (_merged.Contains(node)) return;
        if (IsPooled(node))
        {
            _nodes.Add(node);
            return;
        }
        switch (node.OpType)
        {
            case "MatMul" when Weight(node, 1) is { Dims: [var rows, var columns] } weight: Product(node, Floats(weight), rows, columns, null); break;
            case "Gemm" when Weight(node, 1) is { Dims: [var columns, var rows] } weight && Setting(node, "transB") is 1: Gemm(node, Floats(weight), rows, columns); break;
            case "Conv" when Weight(node, 1) is { Dims.Count: 4 } weight && Setting(node, "group") is null or 1: Conv(node, weight); break;
            case "Gather" when Weight(node, 0) is { Dims: [var rows, var size] } weight && Setting(node, "axis") is null: Rows(node, Floats(weight), rows, size); break;
            default: _nodes.Add(node); break;
        }
    }

    // What is made of a global pool and weights alone, with what follows it: squeeze and excitation, and the layer that decides.
    bool IsPooled(NodeProto node)
    {
        if (node.OpType != "GlobalAveragePool" && !(node.Input.Count > 0 && _pooled.Contains(node.Input[0]) && node.Input.Skip(1).All(input => _weights.ContainsKey(input) || _pooled.Contains(input)))) return false;
        foreach (var output in node.Output) _pooled.Add(output);
        return true;
    }

    // alpha x W' + beta b.
    void Gemm(NodeProto node, ReadOnlySpan<float> weight, long rows, long columns)
    {
        var (turned, alpha) = (new float[weight.Length], Factor(node, "alpha"));
        for (var column = 0; column < columns; column++)
            for (var row = 0; row < rows; row++) turned[row * columns + column] = alpha * weight[(int)(column * rows + row)];
        var bias = node.Input.Count > 2 ? Floats(_weights[node.Input[2]]).ToArray() : null;
        for (var i = 0; i < bias?.Length; i++) bias[i] *= Factor(node, "beta");
        Product(node, turned, rows, columns, bias);
    }

    void Product(NodeProto node, ReadOnlySpan<float> weight, long rows, long columns, float[]? bias)
    {
        var (bytes, scales) = Bytes(weight, (int)columns, i => (int)(i % columns));
        var x = Rounded(node.Input[0]);
        var sums = Op("MatMulInteger", x.Values, Constant(DataType.Uint8, bytes, rows, columns), x.Zero, Constant(DataType.Uint8, [Zero]));
        Scaled(node.Output[0], sums, x.Scale, scales, bias, columns);
    }

    void Conv(NodeProto node, TensorProto weight)
    {
        var channels = (int)weight.Dims[0];
        var values = Floats(weight);
        var each = values.Length / channels;
        var (bytes, scales) = Bytes(values, channels, i => i / each);
        var bias = node.Input.Count > 2 ? Floats(_weights[node.Input[2]]).ToArray() : null;
        var output = node.Output[0];
        if (_readers[output].ToList() is [{ OpType: "BatchNormalization" } norm] && norm.Input.Skip(1).All(_weights.ContainsKey))
        {
            float[][] parts = [.. norm.Input.Skip(1).Select(part => Floats(_weights[part]).ToArray())];
            var (gain, shift, mean, variance) = (parts[0], parts[1], parts[2], parts[3]);
            var (epsilon, biased) = (norm.Attribute.First(attribute => attribute.Name == "epsilon").F, new float[channels]);
            for (var channel = 0; channel < channels; channel++)
            {
                var factor = gain[channel] / MathF.Sqrt(variance[channel] + epsilon);
                scales[channel] *= factor;
                biased[channel] = ((bias?[channel] ?? 0) - mean[channel]) * factor + shift[channel];
            }
            (bias, output) = (biased, norm.Output[0]);
            _merged.Add(norm);
        }
        var x = Rounded(node.Input[0]);
        var sums = new NodeProto { OpType = "ConvInteger", Input = { x.Values, Constant(DataType.Uint8, bytes, [.. weight.Dims]), x.Zero, Constant(DataType.Uint8, [Zero]) }, Attribute = { node.Attribute } };
        Scaled(output, Add(sums), x.Scale, scales, bias, channels, 1, 1);
    }

    // Rows of an embedding, which nothing is multiplied with.
    void Rows(NodeProto node, ReadOnlySpan<float> weight, long rows, long size)
    {
        var (bytes, scales) = Bytes(weight, (int)rows, i => (int)(i / size));
        var values = Op("Sub", Cast(Op("Gather", Constant(DataType.Uint8, bytes, rows, size), node.Input[1])), Constant([Zero]));
        Named(node.Output[0], "Mul", values, Op("Gather", Constant(scales, rows, 1), node.Input[1]));
    }

    void Scaled(string output, string sums, string scale, float[] scales, float[]? bias, params long[] shape)
    {
        var (values, factors) = (Cast(sums), Op("Mul", scale, Constant(scales, shape)));
        if (bias is null) Named(output, "Mul", values, factors);
        else Named(output, "Add", Op("Mul", values, factors), Constant(bias, shape));
    }

    (string Values, string Scale, string Zero) Rounded(string x)
    {
        if (_rounded.TryGetValue(x, out var known)) return known;
        var node = new NodeProto { OpType = "DynamicQuantizeLinear", Input = { x }, Output = { $"q{_names++}", $"q{_names++}", $"q{_names++}" } };
        node.Name = node.Output[0];
        _nodes.Add(node);
        return _rounded[x] = (node.Output[0], node.Output[1], node.Output[2]);
    }

    static (byte[] Bytes, float[] Scales) Bytes(ReadOnlySpan<float> values, int channels, Func<int, int> channelOf)
    {
        var (bytes, scales) = (new byte[values.Length], new float[channels]);
        for (var i = 0; i < values.Length; i++) scales[channelOf(i)] = Math.Max(scales[channelOf(i)], Math.Abs(values[i]));
        for (var channel = 0; channel < channels; channel++) scales[channel] = scales[channel] == 0 ? 1 : scales[channel] / Most;
        for (var i = 0; i < values.Length; i++) bytes[i] = (byte)(Zero + Math.Clamp(MathF.Round(values[i] / scales[channelOf(i)]), -Most, Most));
        return (bytes, scales);
    }

    TensorProto? Weight(NodeProto node, int input) => _weights.TryGetValue(node.Input[input], out var weight) && weight.DataType == DataType.Float ? weight : null;

    static long? Setting(NodeProto node, string name) => node.Attribute.FirstOrDefault(attribute => attribute.Name == name)?.I;

    static float Factor(NodeProto node, string name) => node.Attribute.FirstOrDefault(attribute => attribute.Name == name)?.F ?? 1;

    static ReadOnlySpan<float> Floats(TensorProto tensor) => MemoryMarshal.Cast<byte, float>(tensor.RawData.Span);

    string Op(string op, params string[] inputs) => Add(new() { OpType = op, Input = { inputs } });

    string Cast(string x) => Add(new() { OpType = "Cast", Input = { x }, Attribute = { new AttributeProto { Name = "to", Type = AttributeProto.Types.AttributeType.Int, I = (long)DataType.Float } } });

    string Add(NodeProto node)
    {
        node.Output.Add(node.Name = $"q{_names++}");
        _nodes.Add(node);
        return node.Name;
    }

    void Named(string output, string op, params string[] inputs) => _nodes.Add(new() { OpType = op, Name = output, Input = { inputs }, Output = { output } });

    string Constant(float[] values, params long[] shape) => Constant(DataType.Float, MemoryMarshal.AsBytes<float>(values).ToArray(), shape);

    string Constant(DataType type, byte[] bytes, params long[] shape)
    {
        var tensor = new TensorProto { Name = $"q{_names++}", DataType = type, Dims = { shape }, RawData = UnsafeByteOperations.UnsafeWrap(bytes) };
        _graph.Initializer.Add(tensor);
        return tensor.Name;
    }
}

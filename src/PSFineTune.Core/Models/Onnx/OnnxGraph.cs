using System.Runtime.InteropServices;
using Google.Protobuf;
using PSFineTune.Models.Onnx.Schema;
using static TorchSharp.torch;

namespace PSFineTune.Models.Onnx;

/// <summary>
/// A network as ONNX, as it grows node by node; messages are those of onnx.proto beside this file, and what operators
/// compute is in https://onnx.ai/onnx/operators. Weights are not copied before the whole is written.
/// </summary>
sealed class OnnxGraph
{
    public const string Input = "input", Output = "output";

    /// <summary>The format of files of 2021, and the operators of 2022: the first with LayerNormalization.</summary>
    public const int IrVersion = 8, Opset = 17;

    readonly GraphProto _graph = new() { Name = nameof(PSFineTune) };
    int _values;

    /// <summary>Name of the value that says where tokens are, N x L, true or false; null where the graph is of images. With it x is N x L x C until a node flattens it.</summary>
    public string? Tokens { get; set; }

    /// <summary>Adds an operator.</summary>
    /// <param name="op">Its name in ONNX.</param>
    /// <param name="inputs">Names of values; empty for one that is left out.</param>
    /// <param name="attributes">Its settings.</param>
    /// <returns>The name of its result, the first where it has several.</returns>
    public string Add(string op, IEnumerable<string> inputs, params OnnxAttribute[] attributes) => Add(op, inputs, NextName(), attributes);

    /// <summary>Adds a weight as it is now.</summary>
    /// <returns>The name of the value.</returns>
    public string Constant(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return Constant(TensorProto.Types.DataType.Float, tensor.shape, tensor.detach().contiguous().bytes.ToArray());
    }

    public string Constant(float value) => Constant(TensorProto.Types.DataType.Float, [], BitConverter.GetBytes(value));

    public string Constant(params long[] values) => Constant(TensorProto.Types.DataType.Int64, [values.Length], MemoryMarshal.AsBytes<long>(values).ToArray());

    /// <summary>Adds numbers of a shape.</summary>
    public string Constant(float[] values, params long[] shape) => Constant(TensorProto.Types.DataType.Float, shape, MemoryMarshal.AsBytes<float>(values).ToArray());

    /// <param name="type">Of the numbers.</param>
    /// <param name="shape">Sides.</param>
    /// <param name="bytes">Little-endian, row after row; they are not copied.</param>
    public string Constant(TensorProto.Types.DataType type, long[] shape, byte[] bytes)
    {
        var name = NextName();
        _graph.Initializer.Add(new TensorProto { Name = name, DataType = type, Dims = { shape }, RawData = UnsafeByteOperations.UnsafeWrap(bytes) });
        return name;
    }

    /// <summary>The same numbers in another type.</summary>
    public string Cast(string x, TensorProto.Types.DataType type) => Add("Cast", [x], ("to", (long)type));

    /// <summary>Zeros where no token is; the same where the graph has no tokens.</summary>
    /// <param name="x">N x L x C.</param>
    public string Clear(string x) => Tokens is null ? x : Add("Mul", [x, Add("Unsqueeze", [Cast(Tokens, TensorProto.Types.DataType.Float), Constant(2L)])]);

    /// <summary>Declares what the graph is given.</summary>
    /// <returns>The name.</returns>
    public string Take(string name, TensorProto.Types.DataType type, params OnnxSide[] sides)
    {
        _graph.Input.Add(ValueInfo(name, type, sides));
        return name;
    }

    /// <summary>Declares a result.</summary>
    /// <param name="value">What it is.</param>
    /// <param name="name">Its name for whoever runs the graph.</param>
    /// <param name="sides">A result is float32.</param>
    public void Give(string value, string name, params OnnxSide[] sides)
    {
        Add("Identity", [value], name, []);
        _graph.Output.Add(ValueInfo(name, TensorProto.Types.DataType.Float, sides));
    }

    /// <summary>The model with all that was added.</summary>
    public ModelProto Model() => new() { IrVersion = IrVersion, ProducerName = nameof(PSFineTune), Graph = _graph, OpsetImport = { new OperatorSetIdProto { Version = Opset } } };

    /// <summary>The bytes of the model whose one output is that value. Every side is open: what it is comes with the input.</summary>
    public byte[] Bytes(string value, int inputRank, int outputRank)
    {
        Take(Input, TensorProto.Types.DataType.Float, Open(Input, inputRank));
        Give(value, Output, Open(Output, outputRank));
        return Model().ToByteArray();
    }

    string Add(string op, IEnumerable<string> inputs, string output, OnnxAttribute[] attributes)
    {
        _graph.Node.Add(new NodeProto { Input = { inputs }, Output = { output }, Name = output, OpType = op, Attribute = { attributes.Select(attribute => attribute.Message) } });
        return output;
    }

    string NextName() => $"v{_values++}";

    static OnnxSide[] Open(string name, int rank) => [.. Enumerable.Range(0, rank).Select(side => (OnnxSide)$"{name}{side}")];

    static ValueInfoProto ValueInfo(string name, TensorProto.Types.DataType type, OnnxSide[] sides) => new()
    {
        Name = name,
        Type = new() { TensorType = new() { ElemType = type, Shape = new() { Dim = { sides.Select(side => side.Dimension) } } } },
    };
}

/// <summary>A side of an input or output: a number, or the name of one that comes with the input.</summary>
readonly record struct OnnxSide(TensorShapeProto.Types.Dimension Dimension)
{
    public static implicit operator OnnxSide(long length) => new(new TensorShapeProto.Types.Dimension { DimValue = length });

    public static implicit operator OnnxSide(string name) => new(new TensorShapeProto.Types.Dimension { DimParam = name });
}

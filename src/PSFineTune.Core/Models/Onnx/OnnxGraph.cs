using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace PSFineTune.Models.Onnx;

/// <summary>
/// A network as ONNX, as it grows node by node. Numbers are the fields' of https://github.com/onnx/onnx/blob/main/onnx/onnx.proto;
/// what operators compute is in https://onnx.ai/onnx/operators.
/// </summary>
sealed class OnnxGraph
{
    public const string Input = "input", Output = "output";

    const int IrVersion = 8, Opset = 17, SingleType = 1, LongType = 7;

    readonly ProtoMessage _graph = new();
    int _values;

    /// <summary>Adds an operator.</summary>
    /// <param name="op">Its name in ONNX.</param>
    /// <param name="inputs">Names of values.</param>
    /// <param name="attributes">Its settings.</param>
    /// <returns>The name of its result.</returns>
    public string Add(string op, IEnumerable<string> inputs, params OnnxAttribute[] attributes) => Add(op, inputs, NextName(), attributes);

    /// <summary>Adds a weight as it is now.</summary>
    /// <returns>The name of the value.</returns>
    public string Constant(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return Constant(SingleType, tensor.shape, tensor.detach().contiguous().bytes.ToArray());
    }

    public string Constant(float value) => Constant(SingleType, [], BitConverter.GetBytes(value));

    public string Constant(params long[] values) => Constant(LongType, [values.Length], MemoryMarshal.AsBytes<long>(values).ToArray());

    /// <summary>The model whose output is that value.</summary>
    public byte[] Model(string value, int inputRank, int outputRank)
    {
        Add("Identity", [value], Output, []);
        _graph.Add(2, nameof(PSFineTune)).Add(11, ValueInfo(Input, inputRank)).Add(12, ValueInfo(Output, outputRank));
        return new ProtoMessage().Add(1, IrVersion).Add(7, _graph).Add(8, new ProtoMessage().Add(1, "").Add(2, Opset)).ToArray();
    }

    string Add(string op, IEnumerable<string> inputs, string output, OnnxAttribute[] attributes)
    {
        var node = new ProtoMessage();
        foreach (var input in inputs) node.Add(1, input);
        node.Add(2, output).Add(3, output).Add(4, op);
        foreach (var attribute in attributes) node.Add(5, attribute.Message);
        _graph.Add(1, node);
        return output;
    }

    string Constant(int type, long[] shape, byte[] bytes)
    {
        var (name, tensor) = (NextName(), new ProtoMessage());
        foreach (var side in shape) tensor.Add(1, side);
        _graph.Add(5, tensor.Add(2, type).Add(8, name).Add(9, bytes));
        return name;
    }

    string NextName() => $"v{_values++}";

    // Every side is open: what it is comes with the input.
    static ProtoMessage ValueInfo(string name, int rank)
    {
        var shape = new ProtoMessage();
        for (var side = 0; side < rank; side++) shape.Add(1, new ProtoMessage().Add(2, $"{name}{side}"));
        var tensor = new ProtoMessage().Add(1, SingleType).Add(2, shape);
        return new ProtoMessage().Add(1, name).Add(2, new ProtoMessage().Add(1, tensor));
    }
}

/// <summary>A setting of an operator, written as a pair of its name and value.</summary>
sealed class OnnxAttribute
{
    const int IntegerType = 2, IntegersType = 7, SingleType = 1, TextType = 3;

    OnnxAttribute(string name, int type) => Message.Add(1, name).Add(20, type);

    public ProtoMessage Message { get; } = new();

    public static implicit operator OnnxAttribute((string Name, long Value) pair)
    {
        var made = new OnnxAttribute(pair.Name, IntegerType);
        made.Message.Add(3, pair.Value);
        return made;
    }

    public static implicit operator OnnxAttribute((string Name, double Value) pair)
    {
        var made = new OnnxAttribute(pair.Name, SingleType);
        made.Message.Add(2, (float)pair.Value);
        return made;
    }

    public static implicit operator OnnxAttribute((string Name, string Text) pair)
    {
        var made = new OnnxAttribute(pair.Name, TextType);
        made.Message.Add(4, pair.Text);
        return made;
    }

    public static implicit operator OnnxAttribute((string Name, long[] Values) pair)
    {
        var made = new OnnxAttribute(pair.Name, IntegersType);
        foreach (var value in pair.Values) made.Message.Add(8, value);
        return made;
    }
}

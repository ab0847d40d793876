using Google.Protobuf;
using PSFineTune.Models.Onnx.Schema;

namespace PSFineTune.Models.Onnx;

/// <summary>A setting of an operator, written as a pair of its name and value.</summary>
sealed class OnnxAttribute(AttributeProto message)
{
    public AttributeProto Message => message;

    public static implicit operator OnnxAttribute((string Name, long Value) pair) => new(new() { Name = pair.Name, Type = AttributeProto.Types.AttributeType.Int, I = pair.Value });

    public static implicit operator OnnxAttribute((string Name, double Value) pair) => new(new() { Name = pair.Name, Type = AttributeProto.Types.AttributeType.Float, F = (float)pair.Value });

    public static implicit operator OnnxAttribute((string Name, long[] Values) pair) => new(new() { Name = pair.Name, Type = AttributeProto.Types.AttributeType.Ints, Ints = { pair.Values } });

    public static implicit operator OnnxAttribute((string Name, string Value) pair) => new(new() { Name = pair.Name, Type = AttributeProto.Types.AttributeType.String, S = ByteString.CopyFromUtf8(pair.Value) });
}

using System.Runtime.InteropServices;
using PSFineTune.Models.Onnx.Schema;

namespace PSFineTune.Models.Onnx;

/// <summary>Operators and numbers of a graph in double precision.</summary>
sealed class OnnxDoubles(OnnxGraph graph)
{
    public string Op(string op, params string[] inputs) => graph.Add(op, inputs);

    public string One(double value) => Numbers([value], []);

    public string Row(double[] values) => Numbers(values, values.Length);

    public string Matrix(double[] values, params long[] shape) => Numbers(values, shape);

    string Numbers(double[] values, params long[] shape) => graph.Constant(TensorProto.Types.DataType.Double, shape, MemoryMarshal.AsBytes<double>(values).ToArray());
}

using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace PSFineTune.Packaging;

/// <summary>A tensor outside the tensor library: little-endian bytes, row by row.</summary>
/// <param name="Name">Full name.</param>
/// <param name="DType">F32 or I64.</param>
/// <param name="Shape">Empty for a single value.</param>
/// <param name="Bytes">Its values.</param>
sealed record StoredTensor(string Name, string DType, long[] Shape, byte[] Bytes)
{
    public const string Single = "F32", Long = "I64";

    /// <summary>A copy, whatever the strides.</summary>
    public static StoredTensor From(string name, Tensor tensor)
    {
        using var scope = NewDisposeScope();
        var plain = tensor.detach().cpu().contiguous();
        var bytes = plain.dtype == ScalarType.Int64
            ? MemoryMarshal.AsBytes<long>(plain.data<long>().ToArray())
            : MemoryMarshal.AsBytes<float>(plain.data<float>().ToArray());
        return new(name, plain.dtype == ScalarType.Int64 ? Long : Single, tensor.shape, bytes.ToArray());
    }

    public Tensor ToTensor() => DType == Long
        ? tensor(MemoryMarshal.Cast<byte, long>(Bytes).ToArray(), Shape)
        : tensor(MemoryMarshal.Cast<byte, float>(Bytes).ToArray(), Shape);
}

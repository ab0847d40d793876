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
        if (plain.dtype != ScalarType.Int64) plain = plain.to(ScalarType.Float32);
        return new(name, plain.dtype == ScalarType.Int64 ? Long : Single, tensor.shape, plain.bytes.ToArray());
    }

    /// <summary>A copy, on the CPU.</summary>
    public Tensor ToTensor()
    {
        var made = empty(Shape, DType == Long ? ScalarType.Int64 : ScalarType.Float32);
        Bytes.CopyTo(made.bytes);
        return made;
    }
}

using System.Buffers.Binary;

namespace PSFineTune.Packaging.PyTorch;

/// <summary>A kind of number as PyTorch stores it.</summary>
/// <param name="Storage">PyTorch's name of a storage of it, such as FloatStorage.</param>
/// <param name="Size">Bytes of a value.</param>
/// <param name="DType">What its values become: F32 for all kinds with a fraction, I64 for whole numbers and truth values.</param>
/// <param name="Widen">Little-endian values to as many of <paramref name="DType"/>; null where they are the same bytes.</param>
sealed record TorchType(string Storage, int Size, string DType, Widening? Widen)
{
    /// <summary>Bytes of a value as it is kept.</summary>
    public int WideSize => DType == StoredTensor.Long ? 8 : 4;

    static readonly Dictionary<string, TorchType> s_all = new TorchType[]
    {
        new("FloatStorage", 4, StoredTensor.Single, null),
        new("DoubleStorage", 8, StoredTensor.Single, (bytes, wide) => Singles(bytes, wide, 8, static value => (float)BinaryPrimitives.ReadDoubleLittleEndian(value))),
        new("HalfStorage", 2, StoredTensor.Single, HalfPrecision.WidenHalf),
        new("BFloat16Storage", 2, StoredTensor.Single, HalfPrecision.WidenBFloat16),
        new("LongStorage", 8, StoredTensor.Long, null),
        new("IntStorage", 4, StoredTensor.Long, (bytes, wide) => Longs(bytes, wide, 4, static value => BinaryPrimitives.ReadInt32LittleEndian(value))),
        new("ShortStorage", 2, StoredTensor.Long, (bytes, wide) => Longs(bytes, wide, 2, static value => BinaryPrimitives.ReadInt16LittleEndian(value))),
        new("CharStorage", 1, StoredTensor.Long, (bytes, wide) => Longs(bytes, wide, 1, static value => (sbyte)value[0])),
        new("ByteStorage", 1, StoredTensor.Long, (bytes, wide) => Longs(bytes, wide, 1, static value => value[0])),
        new("BoolStorage", 1, StoredTensor.Long, (bytes, wide) => Longs(bytes, wide, 1, static value => value[0] == 0 ? 0 : 1)),
    }.ToDictionary(type => type.Storage);

    public static TorchType? Find(string storage) => s_all.GetValueOrDefault(storage);

    delegate T Reading<T>(ReadOnlySpan<byte> value);

    static void Singles(ReadOnlySpan<byte> bytes, Span<byte> wide, int size, Reading<float> read)
    {
        for (var i = 0; i < bytes.Length / size; i++) BinaryPrimitives.WriteSingleLittleEndian(wide[(4 * i)..], read(bytes[(size * i)..]));
    }

    static void Longs(ReadOnlySpan<byte> bytes, Span<byte> wide, int size, Reading<long> read)
    {
        for (var i = 0; i < bytes.Length / size; i++) BinaryPrimitives.WriteInt64LittleEndian(wide[(8 * i)..], read(bytes[(size * i)..]));
    }
}

/// <summary>Stored numbers that tensors look at; nothing is read for it.</summary>
/// <param name="Type">Of its numbers.</param>
/// <param name="Key">Names its bytes in the file.</param>
/// <param name="Count">Numbers that it claims to have.</param>
sealed record TorchStorage(TorchType Type, string Key, long Count);

/// <summary>How a tensor looks at its storage, as the file claims; <see cref="TorchValues"/> checks it.</summary>
/// <param name="Storage">What it looks at.</param>
/// <param name="Offset">Its first value.</param>
/// <param name="Shape">Sides.</param>
/// <param name="Strides">Values from one row, column and so on to the next.</param>
sealed record TorchTensor(TorchStorage Storage, long Offset, long[] Shape, long[] Strides);

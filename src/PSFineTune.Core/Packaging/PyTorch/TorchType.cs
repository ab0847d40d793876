using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace PSFineTune.Packaging.PyTorch;

/// <summary>A kind of number as PyTorch stores it.</summary>
/// <param name="Storage">PyTorch's name of a storage of it, such as FloatStorage.</param>
/// <param name="Size">Bytes of a value.</param>
/// <param name="DType">What its values become: F32 for all kinds with a fraction, I64 for whole numbers and truth values.</param>
/// <param name="Widen">Little-endian values to those of <paramref name="DType"/>; null where they are the same bytes.</param>
sealed record TorchType(string Storage, int Size, string DType, Func<byte[], byte[]>? Widen)
{
    static readonly Dictionary<string, TorchType> s_all = new TorchType[]
    {
        new("FloatStorage", 4, StoredTensor.Single, null),
        new("DoubleStorage", 8, StoredTensor.Single, bytes => Singles(bytes, 8, static value => (float)BinaryPrimitives.ReadDoubleLittleEndian(value))),
        new("HalfStorage", 2, StoredTensor.Single, bytes => Singles(bytes, 2, static value => (float)BinaryPrimitives.ReadHalfLittleEndian(value))),
        new("BFloat16Storage", 2, StoredTensor.Single, bytes => Singles(bytes, 2, static value => BitConverter.UInt32BitsToSingle((uint)BinaryPrimitives.ReadUInt16LittleEndian(value) << 16))),
        new("LongStorage", 8, StoredTensor.Long, null),
        new("IntStorage", 4, StoredTensor.Long, bytes => Longs(bytes, 4, static value => BinaryPrimitives.ReadInt32LittleEndian(value))),
        new("ShortStorage", 2, StoredTensor.Long, bytes => Longs(bytes, 2, static value => BinaryPrimitives.ReadInt16LittleEndian(value))),
        new("CharStorage", 1, StoredTensor.Long, bytes => Longs(bytes, 1, static value => (sbyte)value[0])),
        new("ByteStorage", 1, StoredTensor.Long, bytes => Longs(bytes, 1, static value => value[0])),
        new("BoolStorage", 1, StoredTensor.Long, bytes => Longs(bytes, 1, static value => value[0] == 0 ? 0 : 1)),
    }.ToDictionary(type => type.Storage);

    public static TorchType? Find(string storage) => s_all.GetValueOrDefault(storage);

    delegate T Reading<T>(ReadOnlySpan<byte> value);

    static byte[] Singles(byte[] bytes, int size, Reading<float> read)
    {
        var wide = new byte[bytes.Length / size * 4L];
        for (var i = 0; i < bytes.Length / size; i++) BinaryPrimitives.WriteSingleLittleEndian(wide.AsSpan(4 * i), read(bytes.AsSpan(size * i)));
        return wide;
    }

    static byte[] Longs(byte[] bytes, int size, Reading<long> read)
    {
        var wide = new byte[bytes.Length / size * 8L];
        var values = MemoryMarshal.Cast<byte, long>(wide.AsSpan());
        for (var i = 0; i < values.Length; i++) values[i] = read(bytes.AsSpan(size * i));
        return wide;
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

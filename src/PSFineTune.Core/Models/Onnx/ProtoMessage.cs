using System.Buffers.Binary;
using System.Text;

namespace PSFineTune.Models.Onnx;

/// <summary>
/// One message of Protocol Buffers as it is written, https://protobuf.dev/programming-guides/encoding. Nothing is copied
/// before the whole is asked for: weights are most of it.
/// </summary>
sealed class ProtoMessage
{
    const int Varint = 0, Bytes = 2, Fixed32 = 5;

    readonly List<byte[]> _pieces = [];
    long _length;

    public ProtoMessage Add(int field, long value) => Key(field, Varint).Number((ulong)value);

    public ProtoMessage Add(int field, float value)
    {
        var bytes = new byte[sizeof(float)];
        BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
        return Key(field, Fixed32).Piece(bytes);
    }

    public ProtoMessage Add(int field, string text) => Add(field, Encoding.UTF8.GetBytes(text));

    public ProtoMessage Add(int field, byte[] bytes) => Key(field, Bytes).Number((ulong)bytes.Length).Piece(bytes);

    /// <summary>The inner message as it is now.</summary>
    public ProtoMessage Add(int field, ProtoMessage inner)
    {
        Key(field, Bytes).Number((ulong)inner._length);
        _pieces.AddRange(inner._pieces);
        _length += inner._length;
        return this;
    }

    public byte[] ToArray()
    {
        var whole = new byte[_length];
        var at = 0;
        foreach (var piece in _pieces)
        {
            piece.CopyTo(whole, at);
            at += piece.Length;
        }
        return whole;
    }

    ProtoMessage Key(int field, int type) => Number((ulong)(field << 3 | type));

    // Seven bits a byte, the lowest first; the eighth bit says that more follow.
    ProtoMessage Number(ulong value)
    {
        var bytes = new List<byte>();
        for (; value > 0x7F; value >>= 7) bytes.Add((byte)(value | 0x80));
        bytes.Add((byte)value);
        return Piece([.. bytes]);
    }

    ProtoMessage Piece(byte[] bytes)
    {
        _pieces.Add(bytes);
        _length += bytes.Length;
        return this;
    }
}

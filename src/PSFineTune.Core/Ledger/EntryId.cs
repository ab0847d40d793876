using System.Buffers.Binary;
using System.Security.Cryptography;

namespace PSFineTune.Ledger;

/// <summary>UUIDs of version 7, RFC 9562, section 5.7: 48 bits of milliseconds since 1970, and 74 that are random.</summary>
static class EntryId
{
    public static string At(DateTimeOffset time)
    {
        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes[6..]);
        var milliseconds = time.ToUnixTimeMilliseconds();
        BinaryPrimitives.WriteInt16BigEndian(bytes, (short)(milliseconds >> 32));
        BinaryPrimitives.WriteInt32BigEndian(bytes[2..], (int)milliseconds);
        bytes[6] = (byte)(0x70 | bytes[6] & 0x0F);
        bytes[8] = (byte)(0x80 | bytes[8] & 0x3F);
        return new Guid(bytes, bigEndian: true).ToString();
    }
}

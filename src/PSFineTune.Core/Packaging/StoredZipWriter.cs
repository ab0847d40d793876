using System.Buffers.Binary;
using System.Text;

namespace PSFineTune.Packaging;

/// <summary>
/// Zip files (PKWARE APPNOTE 6.3) of stored entries with sorted names and one fixed time, so that equal parts make equal
/// bytes on every platform; ZipArchive writes the platform into each entry.
/// </summary>
static class StoredZipWriter
{
    /// <summary>Zip without its 64-bit extension: nothing above 4 GiB - 1.</summary>
    public const long EntryLimit = uint.MaxValue - 1L;

    // 1980-01-01 00:00:00, the first moment that a zip can name: seven bits of year, four of month, five of day.
    const uint Moment = ((0 << 9) | (1 << 5) | 1) << 16;

    const ushort Version = 20;

    /// <param name="stream">Seekable, empty.</param>
    /// <param name="path">To name in a fault.</param>
    /// <param name="parts">Names and bytes, in any order.</param>
    public static void Write(Stream stream, string path, IEnumerable<KeyValuePair<string, PartSource>> parts)
    {
        var entries = parts.OrderBy(part => part.Key, StringComparer.Ordinal).Select(part => Append(stream, path, part.Key, part.Value)).ToList();
        var directory = stream.Position;
        foreach (var entry in entries) stream.Write(CentralHeader(entry));
        if (stream.Position > EntryLimit) throw Fault.PartTooLarge(path, entries[^1].Name, stream.Position, EntryLimit);
        stream.Write(End(entries.Count, directory, stream.Position - directory));
    }

    static StoredEntry Append(Stream stream, string path, string name, PartSource source)
    {
        var start = stream.Position;
        if (start + source.Length > EntryLimit) throw Fault.PartTooLarge(path, name, source.Length, EntryLimit);

        var crc = CrcOf(source);
        var entry = new StoredEntry(name, start, source.Length, crc.Value);
        stream.Write(LocalHeader(entry));
        var again = new Crc32();
        Copy(source, bytes =>
        {
            again.Append(bytes);
            stream.Write(bytes);
        });
        return again.Value == crc.Value && stream.Position == start + 30 + name.Length + source.Length ? entry : throw Fault.ChangedWhileRead(path, name);
    }

    public static Crc32 CrcOf(PartSource source)
    {
        var crc = new Crc32();
        Copy(source, crc.Append);
        return crc;
    }

    delegate void Taker(ReadOnlySpan<byte> bytes);

    static void Copy(PartSource source, Taker take)
    {
        using var from = source.Open();
        var buffer = new byte[1 << 16];
        for (int read; (read = from.Read(buffer)) > 0;) take(buffer.AsSpan(0, read));
    }

    /// <summary>What stands before an entry's bytes.</summary>
    public static byte[] LocalHeader(StoredEntry entry)
    {
        var header = new byte[30 + entry.Name.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(header, StoredZipReader.LocalMark);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(4), Version);
        Common(header.AsSpan(6), entry);
        Encoding.ASCII.GetBytes(entry.Name, header.AsSpan(30));
        return header;
    }

    /// <summary>What the directory says of an entry.</summary>
    public static byte[] CentralHeader(StoredEntry entry)
    {
        var header = new byte[46 + entry.Name.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(header, StoredZipReader.CentralMark);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(4), Version);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(6), Version);
        Common(header.AsSpan(8), entry);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(42), (uint)entry.Start);
        Encoding.ASCII.GetBytes(entry.Name, header.AsSpan(46));
        return header;
    }

    // What both headers hold from the flags on: flags 0, method 0 (stored), time, check, both sizes, length of the name.
    static void Common(Span<byte> header, StoredEntry entry)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], Moment);
        BinaryPrimitives.WriteUInt32LittleEndian(header[8..], entry.Crc);
        BinaryPrimitives.WriteUInt32LittleEndian(header[12..], (uint)entry.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(header[16..], (uint)entry.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(header[20..], (ushort)entry.Name.Length);
    }

    /// <summary>What the file ends with.</summary>
    public static byte[] End(int count, long directory, long length)
    {
        var end = new byte[22];
        BinaryPrimitives.WriteUInt32LittleEndian(end, StoredZipReader.EndMark);
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(8), (ushort)count);
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(10), (ushort)count);
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(12), (uint)length);
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(16), (uint)directory);
        return end;
    }
}

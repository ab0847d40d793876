using System.Buffers.Binary;
using System.Text;

namespace PSFineTune.Packaging.PyTorch;

/// <summary>A stretch of a file.</summary>
/// <param name="Start">Its first byte.</param>
/// <param name="Length">Its bytes.</param>
/// <param name="Crc">Its check sum; null where the file has none.</param>
readonly record struct TorchStretch(long Start, long Length, uint? Crc);

/// <summary>
/// The directory of a zip file as torch.save writes it: entries stored and aligned, sizes in the directory alone, a zip64 end
/// always. Every entry lies within the file, or it is none.
/// </summary>
sealed class TorchArchive
{
    // A network of a thousand layers has a tenth of them; each is looked for in another place of the file.
    const int MostEntries = 100_000;

    const uint Zip64EndMark = 0x06064B50, Zip64PlaceMark = 0x07064B50;

    readonly Stream _file;
    readonly Dictionary<string, TorchStretch> _entries = new(StringComparer.Ordinal);
    readonly HashSet<string> _compressed = new(StringComparer.Ordinal);

    /// <exception cref="FormatException">What is wrong, in words.</exception>
    public TorchArchive(Stream file)
    {
        _file = file;
        var (at, end, count) = Directory();
        for (var i = 0L; i < count; i++) at = Entry(at, end);
    }

    public IEnumerable<string> Names => _entries.Keys;

    /// <exception cref="FormatException">It is compressed, as only code is in a file of PyTorch.</exception>
    public TorchStretch? Find(string name) => !_entries.TryGetValue(name, out var entry) ? null
        : _compressed.Contains(name) ? throw new FormatException($"'{Named(name)}' is compressed, which torch.save never does") : entry;

    (long At, long End, long Count) Directory()
    {
        if (_file.Length < 22 || At(_file.Length - 22, 22) is not { } end || U32(end, 0) != StoredZipReader.EndMark) throw new FormatException("its end is missing: it was cut off, or something follows it");
        long count = U16(end, 10), length = U32(end, 12), at = U32(end, 16);
        if (count == ushort.MaxValue || length == uint.MaxValue || at == uint.MaxValue)
        {
            var place = At(_file.Length - 42, 20);
            var wide = U32(place, 0) == Zip64PlaceMark ? At(I64(place, 8), 56) : throw new FormatException("its end lacks the sizes of a large file");
            if (U32(wide, 0) != Zip64EndMark) throw new FormatException("its end lacks the sizes of a large file");
            (count, length, at) = (I64(wide, 32), I64(wide, 40), I64(wide, 48));
        }
        if (at < 0 || length < 0 || count < 0 || at > _file.Length || length > _file.Length - at || count > length / 46) throw new FormatException("its directory does not fit into it");
        return count <= MostEntries ? (at, at + length, count) : throw new FormatException($"it has {count} entries; at most {MostEntries} are read");
    }

    long Entry(long at, long end)
    {
        var header = At(at, 46);
        if (U32(header, 0) != StoredZipReader.CentralMark) throw new FormatException("its directory is damaged");
        var (nameLength, extraLength) = (U16(header, 28), U16(header, 30));
        var next = at + 46 + nameLength + extraLength + U16(header, 32);
        if (next > end) throw new FormatException("its directory is damaged");
        var name = Encoding.UTF8.GetString(At(at + 46, nameLength));
        if ((U16(header, 8) & 0x2041) != 0) throw new FormatException($"'{Named(name)}' is encrypted");
        var (packed, length, start) = Wide(header, At(at + 46 + nameLength, extraLength));
        if (U16(header, 10) != 0 || packed != length) _compressed.Add(name);
        length = packed;
        if (start < 0 || length < 0 || start > _file.Length - 30) throw new FormatException($"'{Named(name)}' lies outside the file");
        var local = At(start, 30);
        if (U32(local, 0) != StoredZipReader.LocalMark) throw new FormatException($"the header of '{Named(name)}' is not where the directory says");
        var content = start + 30 + U16(local, 26) + U16(local, 28);
        if (content > _file.Length || length > _file.Length - content) throw new FormatException($"'{Named(name)}' claims {length} bytes, more than the file has");
        if (U16(local, 8) != 0) _compressed.Add(name);
        if (!_entries.TryAdd(name, new(content, length, U32(header, 16)))) throw new FormatException($"it has two entries '{Named(name)}'");
        return next;
    }

    // Sizes beyond 4 GB stand in a note of kind 1, in this order, those alone that have no room in the header.
    static (long Packed, long Length, long Start) Wide(byte[] header, byte[] extra)
    {
        long packed = U32(header, 20), length = U32(header, 24), start = U32(header, 42);
        if (packed != uint.MaxValue && length != uint.MaxValue && start != uint.MaxValue) return (packed, length, start);
        for (var at = 0; at + 4 <= extra.Length; at += 4 + U16(extra, at + 2))
        {
            if (U16(extra, at) != 1) continue;
            var (from, end) = (at + 4, Math.Min(extra.Length, at + 4 + U16(extra, at + 2)));
            long Taken(long narrow)
            {
                if (narrow != uint.MaxValue) return narrow;
                from += 8;
                return from <= end ? I64(extra, from - 8) : throw new FormatException("its directory lacks a size");
            }
            length = Taken(length);
            packed = Taken(packed);
            return (packed, length, Taken(start));
        }
        return (packed, length, start);
    }

    byte[] At(long position, int length)
    {
        if (position < 0 || position > _file.Length - length) throw new FormatException("it was cut off");
        var bytes = new byte[length];
        _file.Position = position;
        _file.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>A name of the file for a message: no control characters, and not long.</summary>
    public static string Named(string name) => string.Concat(name.Take(100).Select(letter => char.IsControl(letter) ? '?' : letter)) + (name.Length > 100 ? "…" : "");

    static int U16(byte[] bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at));

    static uint U32(byte[] bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at));

    static long I64(byte[] bytes, int at) => BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(at));
}

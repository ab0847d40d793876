using System.Buffers.Binary;
using System.Text;

namespace PSFineTune.Packaging;

/// <summary>An entry of a stored zip file.</summary>
/// <param name="Name">Safe: see <see cref="PartManifest.IsSafe"/>.</param>
/// <param name="Start">Offset of its local header.</param>
/// <param name="Length">Bytes of content.</param>
/// <param name="Crc">Of the content.</param>
readonly record struct StoredEntry(string Name, long Start, long Length, uint Crc);

/// <summary>
/// Reads zip files that others may have made to harm: only stored entries, safe names, no name twice, sizes that fit the
/// file, no overlaps and nothing between them, plain files only, both headers of one mind. Nothing is allocated by a size
/// that the file merely claims.
/// </summary>
sealed class StoredZipReader
{
    public const uint LocalMark = 0x04034B50;
    public const uint CentralMark = 0x02014B50;
    public const uint EndMark = 0x06054B50;

    const int MostEntries = 256;

    // What programs note of an entry besides its name, such as times and owners.
    const int MostNotes = 1024;

    readonly string _path;
    readonly FileStream _file;

    StoredZipReader(string path, FileStream file) => (_path, _file) = (path, file);

    /// <summary>Every entry by name; its content was compared with its check sum. And whether each byte around them is the one that <see cref="StoredZipWriter"/> writes.</summary>
    /// <exception cref="FineTuneException">DamagedPackage, UnsafePartName, CannotRead.</exception>
    public static (IReadOnlyDictionary<string, PartSource> Sources, bool AsWritten) Read(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            return new StoredZipReader(path, file).Sources();
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw Fault.CannotRead(path, wrong);
        }
    }

    (Dictionary<string, PartSource> Sources, bool AsWritten) Sources()
    {
        var (entries, directory) = Entries();
        if (PartManifest.Repeated(entries.Select(entry => entry.Name)) is { } twice) throw Damaged($"it has two entries '{twice}'");

        var sources = new Dictionary<string, PartSource>(StringComparer.Ordinal);
        var free = 0L;
        foreach (var entry in entries.OrderBy(entry => entry.Start))
        {
            if (entry.Start != free) throw Damaged(entry.Start < free ? $"'{entry.Name}' overlaps another entry" : $"there are bytes before '{entry.Name}' that belong to no entry");
            var start = ContentStart(entry, directory);
            free = start + entry.Length;
            if (free > directory) throw Damaged($"'{entry.Name}' claims {entry.Length} bytes, more than the file has");
            var source = PartSource.OfStretch(_path, start, entry.Length);
            if (StoredZipWriter.CrcOf(source).Value != entry.Crc) throw Fault.PartDamaged(_path, entry.Name, "does not match its check sum");
            sources.Add(entry.Name, source);
        }
        return free == directory ? (sources, IsAsWritten(entries, directory)) : throw Damaged("there are bytes after its last entry that belong to none");
    }

    bool IsAsWritten(List<StoredEntry> entries, long directory)
    {
        byte[] tail = [.. entries.SelectMany(StoredZipWriter.CentralHeader), .. StoredZipWriter.End(entries.Count, directory, entries.Sum(entry => 46 + entry.Name.Length))];
        return _file.Length - directory == tail.Length && At(directory, tail.Length).AsSpan().SequenceEqual(tail)
            && entries.All(entry => At(entry.Start, 30 + entry.Name.Length).AsSpan().SequenceEqual(StoredZipWriter.LocalHeader(entry)))
            && entries.Zip(entries.Skip(1)).All(pair => string.CompareOrdinal(pair.First.Name, pair.Second.Name) < 0 && pair.First.Start + 30 + pair.First.Name.Length + pair.First.Length == pair.Second.Start);
    }

    (List<StoredEntry> Entries, long Directory) Entries()
    {
        if (_file.Length < 22) throw Damaged("it is too short, or empty");
        var end = At(_file.Length - 22, 22);
        if (U32(end, 0) != EndMark) throw Damaged("its end is missing: it was cut off, or is no zip file");
        var (count, length, directory) = (U16(end, 10), U32(end, 12), (long)U32(end, 16));
        if (U32(end, 4) != 0 || U16(end, 8) != count || U16(end, 20) != 0) throw Damaged("its end record contradicts itself");
        if (count > MostEntries) throw Damaged($"it has {count} entries; a package has at most {MostEntries}");
        if (directory + length != _file.Length - 22) throw Damaged("its directory is not where its end says");

        var entries = new List<StoredEntry>();
        var position = directory;
        for (var i = 0; i < count; i++)
        {
            var (entry, next) = Central(position);
            entries.Add(entry);
            position = next;
        }
        return position == directory + length ? (entries, directory) : throw Damaged("its directory is longer than its entries");
    }

    (StoredEntry Entry, long Next) Central(long position)
    {
        var header = At(position, 46);
        if (U32(header, 0) != CentralMark) throw Damaged("its directory is damaged");
        var name = Name(position + 46, U16(header, 28));
        if (U16(header, 34) != 0) throw Damaged($"'{name}' lies on another disk");
        if (U16(header, 30) + U16(header, 32) > MostNotes) throw Damaged($"the header of '{name}' has over {MostNotes} bytes of notes");
        CheckKind(name, header[5], U32(header, 38));
        Stored(name, header.AsSpan(8));
        return (new(name, U32(header, 42), U32(header, 24), U32(header, 16)), position + 46 + U16(header, 28) + U16(header, 30) + U16(header, 32));
    }

    // Upper half: the mode of Unix, where the program that wrote it says that it is one; lower half: the attributes of DOS and NTFS.
    void CheckKind(string name, byte platform, uint attributes)
    {
        const uint KindOfFile = 0xF000, PlainFile = 0x8000, FolderVolumeOrLink = 0x418;
        var mode = attributes >> 16;
        if ((platform is 3 or 19 && (mode & KindOfFile) is not (0 or PlainFile)) || (attributes & FolderVolumeOrLink) != 0)
            throw Damaged($"'{name}' is a link, a folder or a device (attributes {attributes:x8}); a package holds plain files only");
    }

    long ContentStart(StoredEntry entry, long directory)
    {
        var header = At(entry.Start, 30);
        if (U32(header, 0) != LocalMark) throw Damaged($"the header of '{entry.Name}' is not where the directory says");
        Stored(entry.Name, header.AsSpan(6));
        if (U32(header, 14) != entry.Crc || U32(header, 22) != entry.Length || Name(entry.Start + 30, U16(header, 26)) != entry.Name)
            throw Damaged($"the two headers of '{entry.Name}' differ");
        if (U16(header, 28) > MostNotes) throw Damaged($"the header of '{entry.Name}' has over {MostNotes} bytes of notes");
        var start = entry.Start + 30 + U16(header, 26) + U16(header, 28);
        return start <= directory ? start : throw Damaged($"'{entry.Name}' lies behind the directory");
    }

    // The fields that both headers share, from the flags on.
    void Stored(string name, ReadOnlySpan<byte> header)
    {
        var (flags, method) = (BinaryPrimitives.ReadUInt16LittleEndian(header), BinaryPrimitives.ReadUInt16LittleEndian(header[2..]));
        if ((flags & ~0x0800) != 0) throw Damaged($"'{name}' is encrypted or streamed (flags {flags:x4})");
        if (method != 0) throw Damaged($"'{name}' is compressed (method {method}); a package holds stored entries only");
        if (BinaryPrimitives.ReadUInt32LittleEndian(header[12..]) != BinaryPrimitives.ReadUInt32LittleEndian(header[16..])) throw Damaged($"the two sizes of '{name}' differ");
    }

    string Name(long position, int length)
    {
        var bytes = At(position, length);
        var name = Encoding.UTF8.GetString(bytes);
        return PartManifest.IsSafe(name) ? name : throw Fault.UnsafePartName(_path, name);
    }

    byte[] At(long position, int length)
    {
        if (position + length > _file.Length) throw Damaged("it was cut off");
        var bytes = new byte[length];
        _file.Position = position;
        _file.ReadExactly(bytes);
        return bytes;
    }

    FineTuneException Damaged(string how) => Fault.DamagedPackage(_path, how);

    static int U16(byte[] bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at));

    static uint U32(byte[] bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at));
}

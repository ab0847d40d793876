using static System.Buffers.Binary.BinaryPrimitives;

namespace PSFineTune.Native;

/// <summary>
/// How long a native library has to be at the least, by its own headers (ELF-64 Object File Format; Microsoft, "PE Format";
/// Apple, "Mach-O"). One that a copy has cut short is mapped without complaint, and the first page that is not there ends the
/// process without a word.
/// </summary>
static class LibraryLength
{
    const uint NoBits = 8, Segment = 0x19, MachO = 0xFEEDFACF, Universal = 0xCAFEBABE;
    const int Certificates = 4, MostArchitectures = 32;

    /// <summary>Refuses a folder one of whose libraries is cut short, before anything of it is loaded. Only headers are read: some milliseconds for all of libtorch.</summary>
    /// <exception cref="FineTuneException">RuntimeDamaged, ModuleDamaged.</exception>
    public static void RequireWholeFolder(string folder)
    {
        if (Directory.EnumerateFiles(folder).FirstOrDefault(file => IsLibrary(Path.GetFileName(file)) && IsShort(file)) is { } file) throw Damaged(file);
    }

    /// <summary>The same of one library.</summary>
    /// <exception cref="FineTuneException">RuntimeDamaged, ModuleDamaged.</exception>
    public static void RequireWhole(string path)
    {
        if (IsShort(path)) throw Damaged(path);
    }

    /// <summary>Whether a file ends before what its headers say is in it; false for a file of another format, of which nothing is known.</summary>
    public static bool IsShort(string path)
    {
        try
        {
            using var file = new FileRanges(path);
            return file.Length == 0 || Least(file) > file.Length;
        }
        // A header that ends within itself, or tells of places that no file has.
        catch (Exception broken) when (broken is ArgumentException or OverflowException or IndexOutOfRangeException)
        {
            return true;
        }
        // The loader will say what is wrong with one that cannot be read.
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    static FineTuneException Damaged(string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        return File.Exists(Path.Combine(folder, Runtimes.RuntimeFolders.RecordName)) ? Fault.RuntimeDamaged(folder, Path.GetFileName(path)) : Fault.ModuleDamaged(folder, Path.GetFileName(path));
    }

    static bool IsLibrary(string name) => Path.GetExtension(name) is ".dll" or ".so" or ".dylib" || name.Contains(".so.", StringComparison.Ordinal);

    static long Least(FileRanges file)
    {
        var head = file.At(0, Math.Min(64, file.Length)).AsSpan();
        if (head.Length < 4) return 0;
        return head[..4].SequenceEqual("\x7F\u0045LF"u8) ? Elf(file) : head.StartsWith("MZ"u8) ? Pe(file)
            : ReadUInt32LittleEndian(head) == MachO ? Mach(file) : ReadUInt32BigEndian(head) == Universal ? Fat(file) : 0;
    }

    static long Elf(FileRanges file)
    {
        var head = file.At(0, 64);
        if (head[4] != 2 || head[5] != 1) return 0;
        var (segments, sections) = (Table(0x20, 0x36), Table(0x28, 0x3A));
        var least = Math.Max(segments.End, sections.End);
        foreach (var entry in Entries(segments, 56)) least = Math.Max(least, End(entry, 8, 32));
        foreach (var entry in Entries(sections, 64))
            if (ReadUInt32LittleEndian(entry.AsSpan(4)) != NoBits) least = Math.Max(least, End(entry, 24, 32));
        return least;

        (long At, int Size, int Count, long End) Table(int at, int size)
        {
            var (from, one, count) = (ReadInt64LittleEndian(head.AsSpan(at)), ReadUInt16LittleEndian(head.AsSpan(size)), ReadUInt16LittleEndian(head.AsSpan(size + 2)));
            return (from, one, count, count == 0 ? 0 : checked(from + one * count));
        }

        IEnumerable<byte[]> Entries((long At, int Size, int Count, long End) table, int least) =>
            table.Count == 0 ? [] : table.Size < least ? throw new IndexOutOfRangeException() : file.At(table.At, table.Size * table.Count).Chunk(table.Size);
    }

    static long Pe(FileRanges file)
    {
        var at = ReadInt32LittleEndian(file.At(0x3C, 4));
        var header = file.At(at, 24);
        if (!header.AsSpan().StartsWith("PE\0\0"u8)) return 0;
        var optional = file.At(at + 24L, ReadUInt16LittleEndian(header.AsSpan(20)));
        var table = file.At(at + 24L + optional.Length, 40 * ReadUInt16LittleEndian(header.AsSpan(6)));
        var least = table.Chunk(40).Select(entry => Word(entry, 16) == 0 ? 0 : (long)Word(entry, 20) + Word(entry, 16)).DefaultIfEmpty().Max();
        // Of all directories this one alone is named by its place in the file, at whose end it is.
        var signed = (ReadUInt16LittleEndian(optional) == 0x20B ? 112 : 96) + 8 * Certificates;
        return signed + 8 <= optional.Length && Word(optional, signed + 4) > 0 ? Math.Max(least, (long)Word(optional, signed) + Word(optional, signed + 4)) : least;
    }

    static long Mach(FileRanges file)
    {
        var head = file.At(0, 32);
        var (count, commands) = (Word(head, 16), file.At(32, Word(head, 20)));
        var (least, at) = (32L + commands.Length, 0);
        for (; count > 0; count--, at = checked(at + (int)Math.Max(Word(commands, at + 4), 8)))
            if (Word(commands, at) == Segment) least = Math.Max(least, End(commands.AsSpan(at, 72).ToArray(), 40, 48));
        return least;
    }

    static long Fat(FileRanges file)
    {
        var count = ReadUInt32BigEndian(file.At(4, 4));
        // A class file of Java begins with the same four bytes.
        return count is 0 or > MostArchitectures ? 0 : file.At(8, 20 * count).Chunk(20).Max(entry => (long)ReadUInt32BigEndian(entry.AsSpan(8)) + ReadUInt32BigEndian(entry.AsSpan(12)));
    }

    static long End(byte[] entry, int offset, int size)
    {
        var (from, length) = (ReadInt64LittleEndian(entry.AsSpan(offset)), ReadInt64LittleEndian(entry.AsSpan(size)));
        return from < 0 || length < 0 ? throw new OverflowException() : checked(from + length);
    }

    static uint Word(byte[] bytes, int at) => ReadUInt32LittleEndian(bytes.AsSpan(at));
}

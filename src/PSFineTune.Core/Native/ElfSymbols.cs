using static System.Buffers.Binary.BinaryPrimitives;

namespace PSFineTune.Native;

/// <summary>The dynamic symbols of a 64-bit little-endian ELF library (ELF-64 Object File Format; versions by the Linux Standard Base, "Symbol Versioning").</summary>
static class ElfSymbols
{
    const uint DynamicSymbols = 11, Versions = 0x6FFFFFFF, VersionNeeds = 0x6FFFFFFE;
    const int SymbolSize = 24, Hidden = 0x8000, Unversioned = 1;
    const int Local = 0, Weak = 2;

    readonly record struct Section(uint Type, long Offset, long Size, int Link);

    /// <returns>Null for an ELF file of another width or order.</returns>
    public static NativeSymbols? Of(FileRanges file)
    {
        var head = file.At(0, 64);
        if (head[4] != 2 || head[5] != 1) return null;
        var (size, count) = (ReadUInt16LittleEndian(head.AsSpan(0x3A)), ReadUInt16LittleEndian(head.AsSpan(0x3C)));
        var table = file.At(Long(head, 0x28), size * count);
        var sections = Enumerable.Range(0, count).Select(index => At(table, index * size)).ToList();
        var symbols = sections.FirstOrDefault(section => section.Type == DynamicSymbols);
        if (symbols.Size == 0) return new([], new HashSet<string>());

        var (names, entries) = (Bytes(sections[symbols.Link]), Bytes(symbols));
        var versions = sections.FirstOrDefault(section => section.Type == Versions) is { Size: > 0 } marks ? Bytes(marks) : null;
        var owners = sections.FirstOrDefault(section => section.Type == VersionNeeds) is { Size: > 0 } needs ? Owners(Bytes(needs), Bytes(sections[needs.Link])) : [];
        var (needed, offered) = (new List<(string?, string)>(), new HashSet<string>(StringComparer.Ordinal));
        for (var at = SymbolSize; at + SymbolSize <= entries.Length; at += SymbolSize)
        {
            var (binding, isDefined) = (entries[at + 4] >> 4, ReadUInt16LittleEndian(entries.AsSpan(at + 6)) != 0);
            // A weak need may stay unmet.
            if (binding == Local || (!isDefined && binding == Weak)) continue;
            var name = FileRanges.Text(names, ReadInt32LittleEndian(entries.AsSpan(at)));
            if (isDefined) offered.Add(name);
            else needed.Add((versions is null ? null : OwnerOf(ReadUInt16LittleEndian(versions.AsSpan(at / SymbolSize * 2)) & ~Hidden), name));
        }
        return new(needed, offered);

        byte[] Bytes(Section section) => file.At(section.Offset, section.Size);
        string? OwnerOf(int version) => version <= Unversioned ? null : owners.TryGetValue(version, out var owner) ? owner : throw new IndexOutOfRangeException();
    }

    // Which file each version is asked of.
    static Dictionary<int, string> Owners(byte[] needs, byte[] names)
    {
        var owners = new Dictionary<int, string>();
        for (int entry = 0, more = 1; more != 0; entry += more)
        {
            more = ReadInt32LittleEndian(needs.AsSpan(entry + 12));
            var file = FileRanges.Text(names, ReadInt32LittleEndian(needs.AsSpan(entry + 4)));
            var at = entry + ReadInt32LittleEndian(needs.AsSpan(entry + 8));
            for (var left = ReadUInt16LittleEndian(needs.AsSpan(entry + 2)); left > 0; left--, at += ReadInt32LittleEndian(needs.AsSpan(at + 12)))
                owners[ReadUInt16LittleEndian(needs.AsSpan(at + 6))] = file;
            if (more < 0) throw new IndexOutOfRangeException();
        }
        return owners;
    }

    static Section At(byte[] table, int at) =>
        new(ReadUInt32LittleEndian(table.AsSpan(at + 4)), Long(table, at + 24), Long(table, at + 32), ReadInt32LittleEndian(table.AsSpan(at + 40)));

    static long Long(byte[] bytes, int at) => ReadInt64LittleEndian(bytes.AsSpan(at));
}

using System.Globalization;
using static System.Buffers.Binary.BinaryPrimitives;

namespace PSFineTune.Native;

/// <summary>The import and export tables of a 64-bit Windows library (Microsoft, "PE Format").</summary>
static class PeSymbols
{
    const int Exports = 0, Imports = 1, DelayedImports = 13;
    const int PlainImport = 20, DelayedImport = 32;
    const int UsualText = 256, MostText = 1 << 13;

    sealed record Section(uint Address, uint Size, uint Offset);

    /// <returns>Null for a library of another width.</returns>
    public static NativeSymbols? Of(FileRanges file)
    {
        var header = file.At(ReadInt32LittleEndian(file.At(0x3C, 4)), 24);
        if (!header.AsSpan().StartsWith("PE\0\0"u8)) throw new IndexOutOfRangeException();
        var optional = ReadInt32LittleEndian(file.At(0x3C, 4)) + 24L;
        var size = ReadUInt16LittleEndian(header.AsSpan(20));
        var directories = file.At(optional, size);
        if (ReadUInt16LittleEndian(directories) != 0x20B) return null;
        var table = file.At(optional + size, 40 * ReadUInt16LittleEndian(header.AsSpan(6)));
        var tables = new Tables(file, [.. table.Chunk(40).Select(entry => new Section(Word(entry, 12), Word(entry, 16), Word(entry, 20)))]);

        uint Directory(int index) => 112 + 8 * index + 8 <= directories.Length ? Word(directories, 112 + 8 * index) : 0;
        return new([.. tables.Needs(Directory(Imports), PlainImport, name: 12, names: 0), .. tables.Needs(Directory(DelayedImports), DelayedImport, name: 4, names: 16)], tables.Offers(Directory(Exports)));
    }

    static uint Word(byte[] bytes, int at) => ReadUInt32LittleEndian(bytes.AsSpan(at));

    sealed class Tables(FileRanges file, IReadOnlyList<Section> sections)
    {
        public IEnumerable<(string? File, string Name)> Needs(uint table, int step, int name, int names)
        {
            if (table == 0) yield break;
            for (var at = table; ; at += (uint)step)
            {
                var entry = Bytes(at, step);
                if (Word(entry, name) == 0) yield break;
                var library = Text(Word(entry, name));
                // Some linkers leave the list of names out; the addresses hold the same until the library is loaded.
                var list = Word(entry, names) is > 0 and var given ? given : Word(entry, names == 0 ? 16 : 12);
                for (; ReadUInt64LittleEndian(Bytes(list, 8)) is > 0 and var thunk; list += 8)
                    // Of the ordinals no table of names tells anything.
                    if (thunk >> 63 == 0) yield return (library, Text((uint)thunk + 2));
            }
        }

        public HashSet<string> Offers(uint table)
        {
            var names = new HashSet<string>(StringComparer.Ordinal);
            if (table == 0) return names;
            var head = Bytes(table, 40);
            foreach (var entry in Bytes(Word(head, 32), 4L * Word(head, 24)).Chunk(4)) names.Add(Text(Word(entry, 0)));
            return names;
        }

        byte[] Bytes(uint address, long length) => file.At(OffsetOf(address), length);

        string Text(uint address)
        {
            var offset = OffsetOf(address);
            var bytes = file.At(offset, Math.Min(UsualText, file.Length - offset));
            if (!bytes.AsSpan().Contains((byte)0)) bytes = file.At(offset, Math.Min(MostText, file.Length - offset));
            return FileRanges.Text(bytes, 0);
        }

        long OffsetOf(uint address) => sections.FirstOrDefault(section => address >= section.Address && address - section.Address < section.Size) is { } home
            ? home.Offset + (long)(address - home.Address) : throw new IndexOutOfRangeException(string.Create(CultureInfo.InvariantCulture, $"{address:x}"));
    }
}

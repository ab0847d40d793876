using System.Buffers.Binary;
using System.Text;

namespace PSFineTune.Native;

/// <summary>
/// Lets libLibTorchSharp.so (built with GCC 13) load beside the libstdc++ of GCC 12, as on Debian 12. It asks for
/// GLIBCXX_3.4.32 only because of a link marker that no relocation uses, so that one version need is marked as weak
/// (VER_FLG_WEAK of the ELF gABI's Elf64_Vernaux). No other byte changes, and a marked file is left as it is.
/// </summary>
static class ElfVersionNeed
{
    const string Version = "GLIBCXX_3.4.32";
    const uint SectionOfVersionNeeds = 0x6FFFFFFE;
    const ushort Weak = 2;

    /// <summary>Writes a copy of <paramref name="source"/> that loads with older C++ runtimes, beside and then renamed.</summary>
    /// <exception cref="InvalidDataException">The file is not the 64-bit little-endian ELF library expected, or asks for no such version.</exception>
    public static void Relax(string source, string destination)
    {
        var image = File.ReadAllBytes(source);
        var needs = Find(image, source);
        foreach (var need in needs) BinaryPrimitives.WriteUInt16LittleEndian(image.AsSpan(need + 4), Weak);

        if (File.Exists(destination) && File.ReadAllBytes(destination).AsSpan().SequenceEqual(image)) return;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(destination))!);
        var beside = $"{destination}.{Environment.ProcessId}.tmp";
        using (var stream = File.Create(beside))
        {
            stream.Write(image);
            stream.Flush(flushToDisk: true);
        }
        File.Move(beside, destination, overwrite: true);
    }

    /// <summary>Offsets of the Elf64_Vernaux entries that name the version.</summary>
    static List<int> Find(byte[] image, string file)
    {
        try
        {
            if (!image.AsSpan().StartsWith("\x7F"u8) || !image.AsSpan(1, 3).SequenceEqual("ELF"u8) || image[4] != 2 || image[5] != 1)
                throw Unexpected(file, "it is not a 64-bit little-endian ELF file");
            var found = Walk(image);
            return found.Count == 1 ? found : throw Unexpected(file, $"it names {Version} {found.Count} times and not once");
        }
        catch (Exception broken) when (broken is ArgumentOutOfRangeException or OverflowException or IndexOutOfRangeException)
        {
            throw Unexpected(file, "its section table is damaged");
        }
    }

    static List<int> Walk(byte[] image)
    {
        var found = new List<int>();
        var table = checked((int)BinaryPrimitives.ReadUInt64LittleEndian(image.AsSpan(0x28)));
        var (size, count) = (Half(0x3A), Half(0x3C));
        for (var i = 0; i < count; i++)
        {
            var section = table + i * size;
            if (Word(section + 4) != SectionOfVersionNeeds) continue;
            var names = Offset(table + (int)Word(section + 40) * size + 24);
            for (int entry = Offset(section + 24), more = 1; more != 0; entry += more)
            {
                more = (int)Word(entry + 12);
                var need = entry + (int)Word(entry + 8);
                for (var left = Half(entry + 2); left > 0; left--, need += (int)Word(need + 12))
                    if (NameAt(names + (int)Word(need + 8)) == Version) found.Add(need);
            }
        }
        return found;

        ushort Half(int at) => BinaryPrimitives.ReadUInt16LittleEndian(image.AsSpan(at));
        uint Word(int at) => BinaryPrimitives.ReadUInt32LittleEndian(image.AsSpan(at));
        int Offset(int at) => checked((int)BinaryPrimitives.ReadUInt64LittleEndian(image.AsSpan(at)));
        string NameAt(int at) => Encoding.ASCII.GetString(image.AsSpan(at, image.AsSpan(at).IndexOf((byte)0)));
    }

    static InvalidDataException Unexpected(string file, string why) =>
        new($"'{file}' is not the libLibTorchSharp.so that this build knows how to repair: {why}. Nothing was written. Use the file of TorchSharp 0.107.0's package.");
}

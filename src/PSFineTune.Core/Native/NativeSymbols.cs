using System.Text;
using Microsoft.Win32.SafeHandles;

namespace PSFineTune.Native;

/// <summary>What a native library needs of others, and what it offers them, as its own tables say; nothing is loaded.</summary>
/// <param name="Needs">Symbols it cannot do without, each with the file that has to have it; null where any may.</param>
/// <param name="Offers">Symbols others may use.</param>
sealed record NativeSymbols(IReadOnlyList<(string? File, string Name)> Needs, IReadOnlySet<string> Offers)
{
    /// <summary>The tables of a file; null for one that is neither ELF (64 bits, little-endian) nor PE.</summary>
    /// <exception cref="InvalidDataException">Its tables are damaged.</exception>
    public static NativeSymbols? Read(string path)
    {
        using var file = new FileRanges(path);
        try
        {
            var head = file.At(0, (int)Math.Min(64, file.Length)).AsSpan();
            return head.StartsWith("\x7F"u8) && head[1..4].SequenceEqual("ELF"u8) ? ElfSymbols.Of(file) : head.StartsWith("MZ"u8) ? PeSymbols.Of(file) : null;
        }
        catch (Exception broken) when (broken is ArgumentException or OverflowException or IndexOutOfRangeException)
        {
            throw new InvalidDataException($"'{path}' is no library that can be loaded: its tables are damaged.", broken);
        }
    }

    /// <summary>What a library needs of those in its folder and does not find there, as "symbol" or "symbol (file)"; none for files of another format.</summary>
    /// <exception cref="InvalidDataException">The tables of one of them are damaged.</exception>
    public static IReadOnlyList<string> Missing(string library)
    {
        if (Read(library) is not { } asked) return [];
        var names = StringComparer.OrdinalIgnoreCase;
        var beside = Directory.EnumerateFiles(Path.GetDirectoryName(Path.GetFullPath(library))!).Where(file => !names.Equals(Path.GetFileName(file), Path.GetFileName(library))).ToDictionary(file => Path.GetFileName(file), names);
        var offers = new Dictionary<string, IReadOnlySet<string>>(names);
        IReadOnlySet<string> Of(string file) => offers.TryGetValue(file, out var known) ? known : offers[file] = Read(beside[file])?.Offers ?? new HashSet<string>();

        return [.. from need in asked.Needs
                   where need.File is { } file ? beside.ContainsKey(file) && !Of(file).Contains(need.Name) : !beside.Keys.Any(file => Of(file).Contains(need.Name))
                   select need.File is null ? need.Name : $"{need.Name} ({need.File})"];
    }
}

/// <summary>Pieces of a file that may be half a gigabyte.</summary>
sealed class FileRanges(string path) : IDisposable
{
    readonly SafeFileHandle _file = File.OpenHandle(path);

    public long Length => RandomAccess.GetLength(_file);

    public void Dispose() => _file.Dispose();

    /// <exception cref="ArgumentOutOfRangeException">It would reach beyond the file.</exception>
    public byte[] At(long offset, long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((ulong)length, (ulong)Math.Min(Length - offset, Array.MaxLength));
        var bytes = new byte[length];
        for (var done = 0; done < bytes.Length;)
            done += RandomAccess.Read(_file, bytes.AsSpan(done), offset + done) is > 0 and var read ? read : throw new ArgumentOutOfRangeException(nameof(length));
        return bytes;
    }

    /// <summary>The text that ends with a zero.</summary>
    public static string Text(ReadOnlySpan<byte> bytes, int at) => Encoding.ASCII.GetString(bytes[at..(at + bytes[at..].IndexOf((byte)0))]);
}

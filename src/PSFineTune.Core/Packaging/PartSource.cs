using System.Security.Cryptography;

namespace PSFineTune.Packaging;

/// <summary>Bytes that can be read from the start as often as needed, from memory, a file, or a stretch of a file.</summary>
sealed class PartSource
{
    readonly Func<Stream> _open;

    PartSource(long length, Func<Stream> open) => (Length, _open) = (length, open);

    public long Length { get; }

    /// <summary>File, stretch and time of the last change, for whoever remembers what it made of the bytes; null for bytes in memory.</summary>
    public string? Stamp { get; private init; }

    /// <summary>The file that is all of it; null for bytes in memory or within a larger file.</summary>
    public string? File { get; private init; }

    /// <summary>Lower-case hexadecimal SHA-256 that the bytes have whenever they are read to the end, see <see cref="Pinned"/>; null where nobody vouches for it.</summary>
    public string? Verified { get; private init; }

    public static PartSource Of(byte[] bytes) => new(bytes.Length, () => new MemoryStream(bytes, writable: false));

    public static PartSource Of(string text) => Of(System.Text.Encoding.UTF8.GetBytes(text));

    /// <exception cref="FineTuneException">CannotRead.</exception>
    public static PartSource OfFile(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? new(file.Length, () => Opened(path)) { File = path, Stamp = StampOf(path, 0, file.Length) } : throw Fault.CannotRead(path, new FileNotFoundException("there is no such file."));
    }

    /// <param name="path">The file that holds the stretch.</param>
    /// <param name="offset">Its first byte.</param>
    /// <param name="length">Its bytes.</param>
    public static PartSource OfStretch(string path, long offset, long length) => new(length, () => new Stretch(Opened(path), offset, length)) { Stamp = StampOf(path, offset, length) };

    /// <summary>A new stream at the first byte; the caller disposes it.</summary>
    /// <exception cref="FineTuneException">CannotRead.</exception>
    public Stream Open() => _open();

    /// <summary>The same bytes, which must have a hash whenever they are read: a file may be exchanged after it was checked.</summary>
    /// <param name="whole">The package, to name in a fault.</param>
    /// <param name="part">The part, to name in a fault.</param>
    /// <param name="sha256">Lower-case hexadecimal.</param>
    public PartSource Pinned(string whole, string part, string sha256) =>
        new(Length, () => new VerifiedStream(_open(), Length, sha256, () => Fault.PartDamaged(whole, part, "has content of another SHA-256 than a moment ago"))) { File = File, Stamp = Stamp, Verified = sha256 };

    /// <summary>Lower-case hexadecimal SHA-256.</summary>
    public string Sha256()
    {
        using var stream = Open();
        return Convert.ToHexString(SHA256.HashData(stream)).ToLowerInvariant();
    }

    /// <summary>All bytes, for parts known to be small.</summary>
    public byte[] Bytes()
    {
        using var stream = Open();
        var bytes = new byte[Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    static string StampOf(string path, long offset, long length) => $"{path}|{offset}|{length}|{System.IO.File.GetLastWriteTimeUtc(path).Ticks}";

    static FileStream Opened(string path)
    {
        try
        {
            return new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw Fault.CannotRead(path, wrong);
        }
    }
}

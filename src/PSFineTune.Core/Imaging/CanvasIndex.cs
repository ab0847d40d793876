using System.Buffers.Binary;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace PSFineTune.Imaging;

/// <summary>Which canvas: an image file by its content, and the size that it was decoded at.</summary>
readonly record struct CanvasKey(UInt128 First, UInt128 Second, int DecodeSize)
{
    public const int HashLength = 32;

    public static CanvasKey Of(ReadOnlySpan<byte> contentHash, int decodeSize)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(contentHash.Length, HashLength, nameof(contentHash));
        return new(BinaryPrimitives.ReadUInt128LittleEndian(contentHash), BinaryPrimitives.ReadUInt128LittleEndian(contentHash[16..]), decodeSize);
    }
}

/// <summary>One canvas of the index.</summary>
/// <param name="Key">Which.</param>
/// <param name="Width">Of its pixels.</param>
/// <param name="Height">Of its pixels.</param>
/// <param name="Image">The image's own size.</param>
/// <param name="Lies">Where the pixels lie in the image, as a <see cref="PicturePart"/> says.</param>
/// <param name="Checksum">Of its pixels.</param>
readonly record struct CanvasEntry(CanvasKey Key, int Width, int Height, (int Width, int Height) Image, (double X, double Y, double Step) Lies, uint Checksum)
{
    /// <summary>Bytes of its pixels.</summary>
    public long Length => 3L * Width * Height;
}

/// <summary>
/// The file that says which canvases there are, in the order of their pixels: a header, then an entry of fixed length for
/// each, ended by a checksum of its own. It is only appended to, and it is the lock: who has it open owns the pixels.
/// </summary>
sealed class CanvasIndex : IDisposable
{
    const int Length = 88;

    const int Loaded = 1024;

    // With the module's version: another decoder may make other pixels of the same file.
    static readonly byte[] s_header = Encoding.ASCII.GetBytes($"PSFineTune {typeof(CanvasIndex).Assembly.GetName().Version} canvases 2".PadRight(Length)[..Length]);

    readonly SafeFileHandle _file;

    long _end;

    /// <exception cref="IOException">Another cache has it open, or the disk fails.</exception>
    /// <exception cref="UnauthorizedAccessException">This account may not write it.</exception>
    public CanvasIndex(string path) => _file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

    /// <summary>
    /// The entries up to the first that is cut off or damaged, or whose pixels end beyond the bytes; what follows is
    /// cut off. None of a file of another version.
    /// </summary>
    /// <param name="bytes">Of pixels: of the file there is, or of the cache where it may hold less.</param>
    /// <exception cref="IOException">The disk fails.</exception>
    public List<CanvasEntry> Load(long bytes)
    {
        List<CanvasEntry> entries = [];
        var header = new byte[Length];
        if (RandomAccess.Read(_file, header, 0) < Length || !header.AsSpan().SequenceEqual(s_header))
        {
            Clear();
            return entries;
        }

        foreach (var entry in Whole())
        {
            bytes -= entry.Length;
            if (bytes < 0) break;
            entries.Add(entry);
        }
        _end = Length * (1L + entries.Count);
        RandomAccess.SetLength(_file, _end);
        return entries;
    }

    /// <exception cref="IOException">The disk is full, or fails.</exception>
    public void Append(CanvasEntry entry)
    {
        Span<byte> record = stackalloc byte[Length];
        BinaryPrimitives.WriteUInt128LittleEndian(record, entry.Key.First);
        BinaryPrimitives.WriteUInt128LittleEndian(record[16..], entry.Key.Second);
        BinaryPrimitives.WriteInt32LittleEndian(record[32..], entry.Key.DecodeSize);
        BinaryPrimitives.WriteInt32LittleEndian(record[36..], entry.Width);
        BinaryPrimitives.WriteInt32LittleEndian(record[40..], entry.Height);
        BinaryPrimitives.WriteUInt32LittleEndian(record[44..], entry.Checksum);
        BinaryPrimitives.WriteInt32LittleEndian(record[48..], entry.Image.Width);
        BinaryPrimitives.WriteInt32LittleEndian(record[52..], entry.Image.Height);
        BinaryPrimitives.WriteDoubleLittleEndian(record[56..], entry.Lies.X);
        BinaryPrimitives.WriteDoubleLittleEndian(record[64..], entry.Lies.Y);
        BinaryPrimitives.WriteDoubleLittleEndian(record[72..], entry.Lies.Step);
        record[80..].Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(record[^4..], Crc32C.Of(record[..^4]));
        RandomAccess.Write(_file, record, _end);
        _end += Length;
    }

    /// <summary>Begins again.</summary>
    /// <exception cref="IOException">The disk is full, or fails.</exception>
    public void Clear()
    {
        RandomAccess.SetLength(_file, 0);
        RandomAccess.Write(_file, s_header, 0);
        _end = Length;
    }

    public void Dispose() => _file.Dispose();

    IEnumerable<CanvasEntry> Whole()
    {
        var records = new byte[Loaded * Length];
        for (long at = Length; ; at += records.Length)
        {
            var read = RandomAccess.Read(_file, records, at);
            for (var i = 0; i + Length <= read; i += Length)
            {
                if (Parse(records.AsSpan(i, Length)) is not { } entry) yield break;
                yield return entry;
            }
            if (read < records.Length) yield break;
        }
    }

    static CanvasEntry? Parse(ReadOnlySpan<byte> record)
    {
        if (BinaryPrimitives.ReadUInt32LittleEndian(record[^4..]) != Crc32C.Of(record[..^4])) return null;
        var entry = new CanvasEntry(CanvasKey.Of(record[..CanvasKey.HashLength], BinaryPrimitives.ReadInt32LittleEndian(record[32..])),
            BinaryPrimitives.ReadInt32LittleEndian(record[36..]), BinaryPrimitives.ReadInt32LittleEndian(record[40..]),
            (BinaryPrimitives.ReadInt32LittleEndian(record[48..]), BinaryPrimitives.ReadInt32LittleEndian(record[52..])),
            (BinaryPrimitives.ReadDoubleLittleEndian(record[56..]), BinaryPrimitives.ReadDoubleLittleEndian(record[64..]), BinaryPrimitives.ReadDoubleLittleEndian(record[72..])),
            BinaryPrimitives.ReadUInt32LittleEndian(record[44..]));
        return entry is { Width: > 0, Height: > 0, Length: <= int.MaxValue } ? entry : null;
    }
}

using Microsoft.Win32.SafeHandles;

namespace PSFineTune.Data.Texts;

/// <summary>
/// Bytes that are appended once and read at any place, on any thread: in memory as long as they are few, else in a file that
/// vanishes with the process. The operating system keeps in memory what there is room for.
/// </summary>
/// <param name="folder">Of the file; made when it is needed.</param>
/// <param name="most">Bytes that memory holds.</param>
sealed class ByteStore(string folder, long most = 256L << 20)
{
    const int ChunkSize = 1 << 20;

    static int s_files;

    // The bytes from _inFile on.
    readonly List<byte[]> _chunks = [];
    SafeFileHandle? _file;
    long _inFile;

    public long Length { get; private set; }

    /// <summary>Whether there is a file.</summary>
    public bool IsOnDisk => _file is not null;

    /// <exception cref="FineTuneException">CannotWrite: the disk is full.</exception>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var at = Length - _inFile;
            if (at == (long)_chunks.Count * ChunkSize) AddChunk();
            at = Length - _inFile;
            var room = _chunks[(int)(at / ChunkSize)].AsSpan((int)(at % ChunkSize));
            var part = bytes[..Math.Min(bytes.Length, room.Length)];
            part.CopyTo(room);
            Length += part.Length;
            bytes = bytes[part.Length..];
        }
    }

    /// <summary>Fills the span with the bytes from a place on.</summary>
    /// <exception cref="FineTuneException">CannotRead.</exception>
    public void Read(long start, Span<byte> into)
    {
        while (into.Length > 0)
        {
            var count = start < _inFile ? ReadFile(start, into) : ReadChunk(start - _inFile, into);
            start += count;
            into = into[count..];
        }
    }

    int ReadFile(long start, Span<byte> into)
    {
        try
        {
            var count = RandomAccess.Read(_file!, into[..(int)Math.Min(into.Length, _inFile - start)], start);
            return count > 0 ? count : throw new EndOfStreamException("It ends too early.");
        }
        catch (IOException wrong)
        {
            throw Fault.CannotRead(folder, wrong);
        }
    }

    int ReadChunk(long at, Span<byte> into)
    {
        var part = _chunks[(int)(at / ChunkSize)].AsSpan((int)(at % ChunkSize));
        part = part[..Math.Min(part.Length, into.Length)];
        part.CopyTo(into);
        return part.Length;
    }

    // All go to the file once memory has its share, and from then on each that is full; one is used again and again.
    void AddChunk()
    {
        if (_chunks.Count == 0 || (_file is null && (_chunks.Count + 1L) * ChunkSize <= most))
        {
            _chunks.Add(new byte[ChunkSize]);
            return;
        }
        try
        {
            _file ??= Open();
            foreach (var chunk in _chunks)
            {
                RandomAccess.Write(_file, chunk, _inFile);
                _inFile += ChunkSize;
            }
            _chunks.RemoveRange(1, _chunks.Count - 1);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw Fault.CannotWrite(folder, wrong);
        }
    }

    SafeFileHandle Open()
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, $"{Environment.ProcessId:x}-{Interlocked.Increment(ref s_files):x}.tmp");
        var file = File.OpenHandle(path, FileMode.Create, FileAccess.ReadWrite, FileShare.Delete, FileOptions.DeleteOnClose);
        // Elsewhere a file without a name lives as long as it is open, so that nothing is left behind by a process that is killed.
        if (!OperatingSystem.IsWindows()) File.Delete(path);
        return file;
    }
}

using System.IO.MemoryMappedFiles;
using Microsoft.Win32.SafeHandles;

namespace PSFineTune.Imaging;

/// <summary>Where a canvas is: in which map of the file, and its first byte there.</summary>
readonly record struct CanvasPlace(MemoryMappedViewAccessor Map, long Offset);

/// <summary>
/// The file of canvases, one behind the other without a gap. It is written as a file, so that a full disk is an exception,
/// and read through maps. Writing through a map would end the process where the disk has no page left; a map is read only
/// where it was written before. What remains: a disk that fails while a map is read, or a program that shortens the file
/// in spite of its lock, ends the process.
/// </summary>
sealed class CanvasPixels : IDisposable
{
    const long Growth = 64 << 20;

    readonly SafeFileHandle _file;
    readonly List<MemoryMappedViewAccessor> _maps = [];

    long _end;
    long _mapStart;
    long _mapEnd;

    /// <exception cref="IOException">The disk fails.</exception>
    /// <exception cref="UnauthorizedAccessException">This account may not write it.</exception>
    public CanvasPixels(string path) => _file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

    /// <summary>Bytes of the file.</summary>
    public long Length => RandomAccess.GetLength(_file);

    /// <summary>Bytes of the canvases in it.</summary>
    public long End => _end;

    /// <summary>Maps the canvases that there are and cuts off what is behind them. Places given before are no longer any.</summary>
    /// <param name="end">Where they end.</param>
    /// <exception cref="IOException">The disk fails, or memory has no place for the map.</exception>
    public void Start(long end)
    {
        Unmap();
        RandomAccess.SetLength(_file, end);
        _end = end;
        if (end > 0) Map(0, end);
    }

    /// <summary>Place of a canvas that was in the file at the start.</summary>
    public CanvasPlace PlaceOf(long start) => new(_maps[0], start);

    /// <summary>Writes a canvas behind the last one.</summary>
    /// <param name="pixels">At least one.</param>
    /// <param name="limit">What the file may grow to, in bytes; no less than this canvas needs.</param>
    /// <exception cref="IOException">The disk is full, or fails.</exception>
    public CanvasPlace Append(ReadOnlySpan<byte> pixels, long limit)
    {
        if (_end + pixels.Length > _mapEnd)
        {
            var length = Math.Min(limit, _end + Math.Max(Growth, pixels.Length));
            RandomAccess.SetLength(_file, length);
            Map(_end, length);
        }
        RandomAccess.Write(_file, pixels, _end);
        var place = new CanvasPlace(_maps[^1], _end - _mapStart);
        _end += pixels.Length;
        return place;
    }

    /// <summary>Copies a canvas out; nobody may dispose or start anew meanwhile.</summary>
    /// <param name="place">Given since the last start.</param>
    /// <param name="pixels">As long as what was written there.</param>
    public static unsafe void Copy(CanvasPlace place, Span<byte> pixels)
    {
        var map = place.Map.SafeMemoryMappedViewHandle;
        byte* bytes = null;
        map.AcquirePointer(ref bytes);
        try
        {
            new ReadOnlySpan<byte>(bytes + place.Map.PointerOffset + place.Offset, pixels.Length).CopyTo(pixels);
        }
        finally
        {
            map.ReleasePointer();
        }
    }

    public void Dispose()
    {
        Unmap();
        _file.Dispose();
    }

    // Each growth is a map of its own, from the last canvas on: no canvas lies across two, and none moves.
    void Map(long start, long end)
    {
        using var file = MemoryMappedFile.CreateFromFile(_file, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        _maps.Add(file.CreateViewAccessor(start, end - start, MemoryMappedFileAccess.Read));
        (_mapStart, _mapEnd) = (start, end);
    }

    void Unmap()
    {
        foreach (var map in _maps) map.Dispose();
        _maps.Clear();
        (_mapStart, _mapEnd) = (0, 0);
    }
}

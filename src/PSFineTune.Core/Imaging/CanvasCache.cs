using System.Diagnostics.CodeAnalysis;

namespace PSFineTune.Imaging;

/// <summary>
/// Decoded pictures kept in a file between epochs and runs, so that each image is decoded once. The pixels stay outside
/// the managed heap, in pages that the system takes back as it likes. Whatever is wrong with the cache - a full disk, a
/// folder that cannot be written, damage, another process that has it - it is only slower, never an error.
/// </summary>
/// <remarks>
/// Safe from many threads. Nothing is evicted: an epoch visits every sample once, so what is thrown out to make room is
/// wanted again before what it made room for. A canvas is in the file before its entry is in the index, so a process that
/// is killed leaves only whole ones; what a power cut tears is found by its checksum, which every read compares, so nothing
/// waits for the disk. A second cache of the same folder, in this process or another, goes without: it holds nothing and
/// takes nothing.
/// </remarks>
sealed class CanvasCache : IDisposable
{
    readonly ReaderWriterLockSlim _gate = new();
    readonly Dictionary<CanvasKey, (CanvasEntry Entry, CanvasPlace Place)> _canvases = [];
    readonly long _bytes;

    CanvasIndex? _index;
    CanvasPixels? _pixels;
    bool _takes;

    CanvasCache(long bytes) => _bytes = bytes;

    /// <summary>Canvases that can be read.</summary>
    public int Count => Shared(() => _canvases.Count);

    /// <summary>The cache of a folder, with what earlier runs left in it.</summary>
    /// <param name="folder">Made where it is missing; the cache's alone.</param>
    /// <param name="bytes">
    /// That the file of pixels may have; canvases beyond are forgotten and their disk space freed, all of them at 0. The index
    /// beside it has 88 bytes a canvas.
    /// </param>
    public static CanvasCache Open(string folder, long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        var cache = new CanvasCache(bytes);
        if (!cache.Try(() => cache.Load(folder))) cache.Dispose();
        return cache;
    }

    /// <summary>A copy of a canvas, the caller's to dispose; false where it is not kept.</summary>
    /// <param name="contentHash">SHA-256 of the image file.</param>
    /// <param name="decodeSize">Whatever number tells sizes of decoding apart; 0 for the full size.</param>
    /// <param name="canvas">New, or null.</param>
    public bool TryRead(ReadOnlySpan<byte> contentHash, int decodeSize, [NotNullWhen(true)] out DecodedImage? canvas)
    {
        canvas = null;
        var key = CanvasKey.Of(contentHash, decodeSize);
        (CanvasEntry Entry, CanvasPlace Place) kept = default;
        var picture = Shared(() =>
        {
            if (!_canvases.TryGetValue(key, out kept)) return null;
            var copy = new Picture(kept.Entry.Width, kept.Entry.Height);
            CanvasPixels.Copy(kept.Place, copy.Pixels);
            return copy;
        });
        if (picture is null) return false;

        var ((x, y, step), (width, height)) = (kept.Entry.Lies, kept.Entry.Image);
        canvas = new(new(picture, x, y, step), width, height);
        if (Crc32C.Of(picture.Pixels) == kept.Entry.Checksum) return true;

        canvas.Dispose();
        canvas = null;
        BeginAgain(kept);
        return false;
    }

    /// <summary>The image's own size, without a look at the pixels; false where the canvas is not kept.</summary>
    /// <inheritdoc cref="TryRead"/>
    public bool TrySize(ReadOnlySpan<byte> contentHash, int decodeSize, out (int Width, int Height) size)
    {
        var key = CanvasKey.Of(contentHash, decodeSize);
        var image = Shared(() => _canvases.TryGetValue(key, out var kept) ? kept.Entry.Image : default((int, int)?));
        size = image ?? default;
        return image is not null;
    }

    /// <summary>Keeps a copy of a canvas; true where it is kept, now or from before, false where there is no room.</summary>
    /// <param name="contentHash">SHA-256 of the image file.</param>
    /// <param name="decodeSize">As for reading.</param>
    /// <param name="canvas">Left as it is.</param>
    public bool Add(ReadOnlySpan<byte> contentHash, int decodeSize, DecodedImage canvas)
    {
        var (picture, x, y, step) = canvas.Part;
        var key = CanvasKey.Of(contentHash, decodeSize);
        if (!HasRoom(picture)) return false;

        var entry = new CanvasEntry(key, picture.Width, picture.Height, (canvas.Width, canvas.Height), (x, y, step), Crc32C.Of(picture.Pixels));
        _gate.EnterWriteLock();
        try
        {
            return _canvases.ContainsKey(key) || (HasRoom(picture) && Try(() => Keep(entry, picture)));
        }
        finally
        {
            _gate.ExitWriteLock();
        }
    }

    /// <summary>Waits for reads that are under way; later ones find nothing.</summary>
    public void Dispose()
    {
        _gate.EnterWriteLock();
        try
        {
            _canvases.Clear();
            if (_takes) Try(() => _pixels!.Start(_pixels.End));
            _takes = false;
            _pixels?.Dispose();
            _index?.Dispose();
        }
        finally
        {
            _gate.ExitWriteLock();
        }
    }

    T Shared<T>(Func<T> read)
    {
        _gate.EnterReadLock();
        try
        {
            return read();
        }
        finally
        {
            _gate.ExitReadLock();
        }
    }

    // Asked without the lock it is a guess that spares a full cache the rest.
    bool HasRoom(Picture picture) => _takes && _pixels!.End + picture.Pixels.Length <= _bytes;

    void Load(string folder)
    {
        Directory.CreateDirectory(folder);
        _index = new(Path.Combine(folder, "index.bin"));
        _pixels = new(Path.Combine(folder, "pixels.bin"));
        var entries = _index.Load(Math.Min(_bytes, _pixels.Length));
        _pixels.Start(entries.Sum(entry => entry.Length));
        var start = 0L;
        foreach (var entry in entries)
        {
            _canvases[entry.Key] = (entry, _pixels.PlaceOf(start));
            start += entry.Length;
        }
        _takes = true;
    }

    void Keep(CanvasEntry entry, Picture picture)
    {
        var place = _pixels!.Append(picture.Pixels, _bytes);
        _index!.Append(entry);
        _canvases[entry.Key] = (entry, place);
    }

    // A file with one wrong canvas is not to be trusted with the others. Whoever comes second finds that it is done.
    void BeginAgain((CanvasEntry Entry, CanvasPlace Place) wrong)
    {
        _gate.EnterWriteLock();
        try
        {
            if (!_canvases.TryGetValue(wrong.Entry.Key, out var canvas) || canvas != wrong) return;
            _canvases.Clear();
            Try(() =>
            {
                _index!.Clear();
                _pixels!.Start(0);
            });
        }
        finally
        {
            _gate.ExitWriteLock();
        }
    }

    // After a failure nothing is added any more; what is kept can still be read. ArgumentOutOfRange is how .NET says that
    // a file is too large for the file system.
    bool Try(Action work)
    {
        try
        {
            work();
            return true;
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException)
        {
            _takes = false;
            return false;
        }
    }
}

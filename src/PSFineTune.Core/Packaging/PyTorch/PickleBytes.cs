using System.Buffers.Binary;
using System.Text;

namespace PSFineTune.Packaging.PyTorch;

/// <summary>The bytes of one or more pickles that lie behind each other in a file.</summary>
/// <param name="file">Read from where it stands.</param>
/// <param name="end">Position behind the last byte that may be read.</param>
sealed class PickleBytes(Stream file, long end)
{
    // Python's own limit is none; no name of a module is as long.
    const int LongestLine = 512;

    readonly byte[] _buffer = new byte[4096];

    int _at, _filled;

    /// <summary>Of the next byte, in the file.</summary>
    public long Position => file.Position - _filled + _at;

    public long Left => end - Position;

    public byte Next()
    {
        if (_at == _filled) Fill();
        return _buffer[_at++];
    }

    /// <exception cref="FormatException">Fewer bytes are left.</exception>
    public byte[] Take(long count)
    {
        if (count < 0 || count > Left || count > Array.MaxLength) throw new FormatException($"its pickle claims a value of {count} bytes and has {Left} left");
        var bytes = new byte[count];
        for (var at = 0; at < bytes.Length;)
        {
            if (_at == _filled) Fill();
            var now = Math.Min(_filled - _at, bytes.Length - at);
            _buffer.AsSpan(_at, now).CopyTo(bytes.AsSpan(at));
            (_at, at) = (_at + now, at + now);
        }
        return bytes;
    }

    /// <summary>A whole number of 1, 2 or 4 bytes without a sign; of 8 bytes with one.</summary>
    public long Number(int size)
    {
        Span<byte> bytes = stackalloc byte[8];
        for (var i = 0; i < size; i++) bytes[i] = Next();
        return BinaryPrimitives.ReadInt64LittleEndian(bytes);
    }

    public string Text(long length) => Decoded(Take(length));

    /// <summary>Up to the next line feed, which is taken too.</summary>
    public string Line()
    {
        var line = new List<byte>();
        for (var value = Next(); value != '\n'; value = Next())
        {
            if (line.Count == LongestLine) throw new FormatException($"its pickle has a name of over {LongestLine} bytes");
            line.Add(value);
        }
        return Decoded([.. line]);
    }

    static string Decoded(byte[] bytes) => Encoding.UTF8.GetString(bytes);

    void Fill()
    {
        var left = end - file.Position;
        if (left <= 0) throw new FormatException("its pickle ends too early");
        (_at, _filled) = (0, file.Read(_buffer, 0, (int)Math.Min(_buffer.Length, left)));
        if (_filled == 0) throw new FormatException("its pickle ends too early");
    }
}

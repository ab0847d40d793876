using System.Buffers;
using System.Text;

namespace PSFineTune.Data.Texts;

/// <summary>Many texts in order, as UTF-8 bytes in a store and eight bytes more each.</summary>
sealed class TextStore(ByteStore bytes)
{
    readonly List<long> _ends = [];

    public int Count => _ends.Count;

    /// <summary>Whether some of it lies in a file.</summary>
    public bool IsOnDisk => bytes.IsOnDisk;

    public void Add(ReadOnlySpan<byte> utf8)
    {
        bytes.Append(utf8);
        _ends.Add(bytes.Length);
    }

    public void Add(string text)
    {
        var rented = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        Add(rented.AsSpan(0, Encoding.UTF8.GetBytes(text, rented)));
        ArrayPool<byte>.Shared.Return(rented);
    }

    /// <summary>Made anew each time.</summary>
    public string this[int index]
    {
        get
        {
            var start = index == 0 ? 0 : _ends[index - 1];
            var length = (int)(_ends[index] - start);
            var rented = ArrayPool<byte>.Shared.Rent(length);
            bytes.Read(start, rented.AsSpan(0, length));
            var text = Encoding.UTF8.GetString(rented, 0, length);
            ArrayPool<byte>.Shared.Return(rented);
            return text;
        }
    }
}

using System.Text;

namespace PSFineTune.Data;

/// <summary>Many short texts in one UTF-8 buffer: their bytes and four more each, against some fifty of overhead as strings.</summary>
sealed class PackedText
{
    readonly byte[] _bytes;
    readonly int[] _ends;

    public PackedText(IReadOnlyList<string> texts)
    {
        _ends = new int[texts.Count];
        var end = 0;
        for (var i = 0; i < texts.Count; i++) _ends[i] = end = checked(end + Encoding.UTF8.GetByteCount(texts[i]));
        _bytes = new byte[end];
        for (var i = 0; i < texts.Count; i++) Encoding.UTF8.GetBytes(texts[i], _bytes.AsSpan(StartOf(i)));
    }

    public int Count => _ends.Length;

    public string this[int index] => Encoding.UTF8.GetString(_bytes, StartOf(index), _ends[index] - StartOf(index));

    int StartOf(int index) => index == 0 ? 0 : _ends[index - 1];
}

using System.Buffers;
using System.Text;

namespace PSFineTune.Data.Texts;

/// <summary>What the bytes of a file say of its encoding: a mark at its beginning, else zeros as UTF-16 has them, else UTF-8, else what most other files are.</summary>
/// <param name="Name">As <see cref="TextEncoding"/> names it; null where the bytes are no text.</param>
/// <param name="IsSure">Other encodings would not have these bytes.</param>
readonly record struct EncodingGuess(string? Name, bool IsSure)
{
    const int BlockSize = 1 << 20;

    // UTF-8 with one spoiled line in ten is still UTF-8: that line is bad, not the file.
    const int Good = 9;

    static readonly EncodingGuess s_utf8 = new(TextEncoding.Utf8, true);

    /// <summary>Reads the whole stream, and where it is not UTF-8, twice.</summary>
    public static EncodingGuess Of(Stream stream)
    {
        var head = new byte[64 << 10];
        var length = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        if (Marked(head.AsSpan(0, length)) is { } marked) return new(marked, true);
        if (head.AsSpan(0, length).Contains((byte)0)) return Wide(head.AsSpan(0, length));
        var (valid, invalid) = CountUtf8(stream);
        if (invalid == 0 || valid > Good * invalid) return s_utf8;
        var (common, other) = CountChinese(stream);
        return common * 10 < (common + other) * 6 ? new(TextEncoding.Windows1252, false)
            : new(TextEncoding.Gb18030, common >= 100 && common > 20 * other);
    }

    static string? Marked(ReadOnlySpan<byte> head) =>
        head.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? TextEncoding.Utf8
        : head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE, 0, 0]) ? TextEncoding.Utf32
        : head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) ? TextEncoding.Utf16
        : head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) ? TextEncoding.Utf16BigEndian
        : head.StartsWith((ReadOnlySpan<byte>)[0x84, 0x31, 0x95, 0x33]) ? TextEncoding.Gb18030 : null;

    // Letters, blanks and line ends of UTF-16 have a zero byte, the first or the second of two.
    static EncodingGuess Wide(ReadOnlySpan<byte> head)
    {
        var (even, odd) = (0, 0);
        for (var i = 0; i < head.Length; i++)
            if (head[i] != 0) continue;
            else if (i % 2 == 0) even++;
            else odd++;
        // A few zeros in what is UTF-8 otherwise are no letters of UTF-16.
        if (5 * (even + odd) < head.Length && IsUtf8(head)) return new(null, false);
        return odd > 4 * even ? new(TextEncoding.Utf16, false) : even > 4 * odd ? new(TextEncoding.Utf16BigEndian, false) : new(null, false);
    }

    // The last sequence may be cut off.
    static bool IsUtf8(ReadOnlySpan<byte> head)
    {
        for (var cut = 0; cut < 4 && cut < head.Length; cut++)
            if (System.Text.Unicode.Utf8.IsValid(head[..^cut])) return true;
        return false;
    }

    // Sequences of two bytes and more that are UTF-8, and bytes that are none of it.
    static (long Valid, long Invalid) CountUtf8(Stream stream)
    {
        var (valid, invalid) = (0L, 0L);
        Walk(stream, (block, last) =>
        {
            var at = 0;
            while (block[at..].IndexOfAnyExceptInRange((byte)0, (byte)0x7F) is >= 0 and var plain)
            {
                at += plain;
                var status = Rune.DecodeFromUtf8(block[at..], out _, out var used);
                if (status == OperationStatus.NeedMoreData && !last) return at;
                if (status == OperationStatus.Done) valid++;
                else invalid++;
                at += used;
            }
            return block.Length;
        });
        return (valid, invalid);
    }

    // Pairs of bytes that are characters of GB 2312, which nearly all of any Chinese text is; and bytes above ASCII that are not.
    static (long Common, long Other) CountChinese(Stream stream)
    {
        var (common, other) = (0L, 0L);
        Walk(stream, (block, last) =>
        {
            var at = 0;
            while (block[at..].IndexOfAnyExceptInRange((byte)0, (byte)0x7F) is >= 0 and var plain)
            {
                at += plain;
                if (at + 1 == block.Length && !last) return at;
                var pair = at + 1 < block.Length && block[at] is >= 0xA1 and <= 0xF7 && block[at + 1] is >= 0xA1 and <= 0xFE;
                if (pair) common++;
                else other++;
                at += pair ? 2 : 1;
            }
            return block.Length;
        });
        return (common, other);
    }

    delegate int Step(ReadOnlySpan<byte> block, bool last);

    // From the beginning, block by block; what a step leaves of one begins the next.
    static void Walk(Stream stream, Step step)
    {
        stream.Position = 0;
        var buffer = new byte[BlockSize];
        var kept = 0;
        while (true)
        {
            var filled = kept + stream.ReadAtLeast(buffer.AsSpan(kept), buffer.Length - kept, throwOnEndOfStream: false);
            var last = filled < buffer.Length;
            var used = step(buffer.AsSpan(0, filled), last);
            if (last) return;
            kept = filled - used;
            buffer.AsSpan(used, kept).CopyTo(buffer);
        }
    }
}

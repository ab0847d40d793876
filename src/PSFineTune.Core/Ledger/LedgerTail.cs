using System.Buffers;

namespace PSFineTune.Ledger;

/// <summary>The lines of a file from the last to the first: what the newest entries are costs as much in a long ledger as in a short one.</summary>
static class LedgerTail
{
    const int Block = 1 << 16;
    const byte End = (byte)'\n';

    /// <summary>Where the last whole line ends; what follows is a line that was cut off while it was written.</summary>
    /// <param name="file">Opened for reading and seeking.</param>
    /// <param name="length">Bytes to look at.</param>
    public static long WholeLength(Stream file, long length)
    {
        var block = new byte[Block];
        for (var from = length; from > 0;)
        {
            var count = (int)Math.Min(Block, from);
            from -= count;
            ReadAt(file, from, block.AsSpan(0, count));
            if (block.AsSpan(0, count).LastIndexOf(End) is >= 0 and var at) return from + at + 1;
        }
        return 0;
    }

    /// <summary>Newest first, without their ends.</summary>
    /// <param name="file">Opened for reading and seeking.</param>
    /// <param name="length">Where the last whole line ends.</param>
    public static IEnumerable<byte[]> Lines(Stream file, long length)
    {
        // What is read and not given out yet lies in block from 0 to filled, and in the file from position on.
        var (block, filled, position) = (new byte[Block], 0, length > 0 ? length - 1 : 0);
        while (length > 0)
        {
            if (block.AsSpan(0, filled).LastIndexOf(End) is >= 0 and var at)
            {
                yield return block[(at + 1)..filled];
                filled = at;
            }
            else if (position == 0)
            {
                yield return block[..filled];
                yield break;
            }
            else
            {
                var count = (int)Math.Min(Math.Max(Block, filled), position);
                var wider = new byte[filled + count];
                block.AsSpan(0, filled).CopyTo(wider.AsSpan(count));
                position -= count;
                ReadAt(file, position, wider.AsSpan(0, count));
                (block, filled) = (wider, wider.Length);
            }
        }
    }

    /// <summary>Oldest first, without their ends; the last may be one that was cut off.</summary>
    /// <param name="file">Opened for reading.</param>
    /// <param name="length">Bytes to read.</param>
    public static IEnumerable<(byte[] Line, bool IsWhole)> Forward(Stream file, long length)
    {
        var (buffer, left, line) = (new byte[Block], length, new ArrayBufferWriter<byte>());
        file.Position = 0;
        while (left > 0)
        {
            var count = file.Read(buffer, 0, (int)Math.Min(Block, left));
            if (count == 0) break;
            left -= count;
            for (var from = 0; from < count;)
            {
                var upTo = Array.IndexOf(buffer, End, from, count - from) is >= 0 and var at ? at - from : -1;
                line.Write(buffer.AsSpan(from, upTo < 0 ? count - from : upTo));
                if (upTo < 0) break;
                yield return (line.WrittenSpan.ToArray(), true);
                line.ResetWrittenCount();
                from += upTo + 1;
            }
        }
        if (line.WrittenCount > 0) yield return (line.WrittenSpan.ToArray(), false);
    }

    static void ReadAt(Stream file, long position, Span<byte> into)
    {
        file.Position = position;
        file.ReadExactly(into);
    }
}

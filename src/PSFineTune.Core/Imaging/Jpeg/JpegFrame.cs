using System.Buffers.Binary;

namespace PSFineTune.Imaging;

/// <summary>One colour of a JPEG: how many blocks it has in each unit, and the tables its blocks are read with.</summary>
/// <param name="Across">Blocks of a unit from left to right.</param>
/// <param name="Down">Blocks of a unit from top to bottom.</param>
/// <param name="Steps">In zigzag order: the quantisation of a coefficient, plus 256 times its place in natural order.</param>
/// <param name="First">Codes of a block's first coefficient.</param>
/// <param name="Others">Codes of the other 63.</param>
sealed record JpegColor(int Across, int Down, int[] Steps, HuffmanTable First, HuffmanTable Others);

/// <summary>All that is said before the scan of a baseline JPEG (ITU-T T.81, annex B), of the kinds that cameras and editors write.</summary>
sealed record JpegFrame(int Width, int Height, JpegColor[] Colors, int RestartAfter, int Scan)
{
    /// <summary>Null for every other kind, and where anything is odd: those are for a decoder that knows them all.</summary>
    public static JpegFrame? Read(ReadOnlySpan<byte> file)
    {
        var reading = new Reading();
        for (var at = 2; at + 4 <= file.Length && file[at] == 0xFF;)
        {
            var end = at + 2 + BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]);
            if (end < at + 4 || end > file.Length) return null;
            var content = file[(at + 4)..end];
            if (file[at + 1] == 0xDA) return reading.Finish(content, end);
            if (!reading.Take(file[at + 1], content)) return null;
            at = end;
        }
        return null;
    }

    sealed class Reading
    {
        static readonly byte[] s_natural =
        [
            0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
            35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
        ];

        readonly int[]?[] _steps = new int[4][];
        readonly HuffmanTable?[] _tables = new HuffmanTable[8];
        byte[] _frame = [];
        int _restartAfter;

        public bool Take(byte marker, ReadOnlySpan<byte> content)
        {
            switch (marker)
            {
                case 0xDB: return TakeSteps(content);
                case 0xC4: return TakeTables(content);
                case 0xC0:
                    var first = _frame.Length == 0;
                    _frame = content.ToArray();
                    return first && content.Length >= 6 && content[0] == 8 && content[5] is 1 or 3 && content.Length == 6 + 3 * content[5];
                case 0xDD:
                    _restartAfter = content.Length == 2 ? BinaryPrimitives.ReadUInt16BigEndian(content) : -1;
                    return _restartAfter >= 0;
                // Adobe's mark says in its last byte how colours are meant: 1 is luma and chroma, as where no such mark is.
                case 0xEE: return !content.StartsWith("Adobe"u8) || content.Length == 12 && content[11] == 1;
                default: return marker is >= 0xE0 and <= 0xEF or 0xFE;
            }
        }

        public JpegFrame? Finish(ReadOnlySpan<byte> scan, int at)
        {
            if (_frame.Length == 0 || scan.Length != 4 + 2 * _frame[5] || scan[0] != _frame[5] || !scan[^3..].SequenceEqual((ReadOnlySpan<byte>)[0, 63, 0])) return null;
            var colors = new JpegColor[_frame[5]];
            for (var i = 0; i < colors.Length; i++)
            {
                var (id, factors, steps) = (_frame[6 + 3 * i], _frame[7 + 3 * i], _frame[8 + 3 * i]);
                var tables = scan[2 + 2 * i];
                if (id != scan[1 + 2 * i] || colors.Length == 3 && id != i + 1 || steps > 3 || tables >> 4 > 3 || (tables & 15) > 3) return null;
                if (_steps[steps] is not { } used || _tables[tables >> 4] is not { } first || _tables[4 + (tables & 15)] is not { } others) return null;
                colors[i] = new(factors >> 4, factors & 15, used, first, others);
            }
            // A scan of one colour has one block in each unit, whatever it says.
            if (colors.Length == 1) colors[0] = colors[0] with { Across = 1, Down = 1 };
            else if (colors is not [{ Across: 1 or 2, Down: 1 or 2 } luma, { Across: 1, Down: 1 }, { Across: 1, Down: 1 }] || luma is { Across: 1, Down: 2 }) return null;
            return new(BinaryPrimitives.ReadUInt16BigEndian(_frame.AsSpan(3)), BinaryPrimitives.ReadUInt16BigEndian(_frame.AsSpan(1)), colors, _restartAfter, at);
        }

        bool TakeSteps(ReadOnlySpan<byte> content)
        {
            for (; content.Length >= 65 && content[0] <= 3; content = content[65..])
            {
                var steps = new int[64];
                for (var i = 0; i < 64; i++) steps[i] = content[1 + i] | s_natural[i] << 8;
                _steps[content[0]] = steps;
            }
            return content.IsEmpty;
        }

        bool TakeTables(ReadOnlySpan<byte> content)
        {
            while (content.Length >= 17 && (content[0] & 0xEC) == 0)
            {
                var counts = content.Slice(1, 16);
                var symbols = 0;
                foreach (var count in counts) symbols += count;
                if (symbols > 256 || content.Length < 17 + symbols) return false;
                _tables[(content[0] >> 4) * 4 + (content[0] & 3)] = new(counts, content.Slice(17, symbols), coefficients: content[0] >= 16);
                content = content[(17 + symbols)..];
            }
            return content.IsEmpty;
        }
    }
}

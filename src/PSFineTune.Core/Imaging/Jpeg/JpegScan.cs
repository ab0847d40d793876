using System.Runtime.CompilerServices;

namespace PSFineTune.Imaging;

/// <summary>Reads the scan of a baseline JPEG unit by unit, and turns those blocks to samples that are wanted.</summary>
ref struct JpegScan(ReadOnlySpan<byte> file, JpegFrame frame)
{
    /// <summary>The most that a block's coefficients may sum up to: more overflows where samples are computed, and no picture has it.</summary>
    const int Largest = 32768;

    readonly ReadOnlySpan<byte> _file = file;
    readonly int[] _before = new int[3];
    JpegBits _bits = new(file, frame.Scan);

    /// <returns>False where the data is not as it should be.</returns>
    /// <param name="units">The units that are wanted.</param>
    /// <param name="across">Units in a row of the picture.</param>
    /// <param name="down">Rows of units in the picture.</param>
    /// <param name="planes">By colour; takes the samples of the wanted units.</param>
    public bool Read(Window units, int across, int down, JpegPlane[] planes)
    {
        Span<int> block = stackalloc int[64];
        for (int y = 0, count = 0; y < units.Bottom; y++)
        {
            for (var x = 0; x < across; x++, count++)
            {
                if (frame.RestartAfter > 0 && count > 0 && count % frame.RestartAfter == 0 && !Restart(count / frame.RestartAfter - 1)) return false;
                var wanted = y >= units.Top && x >= units.Left && x < units.Right;
                for (var color = 0; color < planes.Length; color++)
                    if (!ReadUnit(color, block, wanted ? planes[color] : null, (x - units.Left, y - units.Top))) return false;
            }
            if (_bits.Overdrawn) return false;
        }
        return units.Bottom < down || _file[_bits.Position..].StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD9]);
    }

    bool Restart(int number)
    {
        Array.Clear(_before);
        return _bits.Restart(number);
    }

    bool ReadUnit(int color, scoped Span<int> block, JpegPlane? to, (int X, int Y) unit)
    {
        var kind = frame.Colors[color];
        for (var row = 0; row < kind.Down; row++)
        {
            for (var column = 0; column < kind.Across; column++)
            {
                var last = ReadBlock(kind, ref _before[color], block);
                if (last < 0) return false;
                if (to is null)
                {
                    block.Clear();
                    continue;
                }
                var samples = to.Block(unit.X * kind.Across + column, unit.Y * kind.Down + row);
                if (last == 0) BlockTransform.Flat(block[0], samples, to.Stride);
                else
                {
                    BlockTransform.Run(block, samples, to.Stride);
                    block.Clear();
                }
            }
        }
        return true;
    }

    /// <summary>The coefficients of a block; which are 0 is left as it was, so the block must be 0 but for its first.</summary>
    /// <returns>Where the last one is in zigzag order, or -1.</returns>
    int ReadBlock(JpegColor kind, ref int before, scoped Span<int> block)
    {
        var bits = _bits;
        bits.Fill();
        var code = kind.First.Find(bits.Next);
        var size = code & 0xFF;
        if (code == 0 || size > 11) return -1;
        bits.Take(code >> 8);
        before += Value(ref bits, size);
        block[0] = before * (kind.Steps[0] & 0xFF);

        var (sum, last, table, steps) = (Math.Abs(block[0]), 0, kind.Others, kind.Steps);
        for (var k = 1; k < 64; k++)
        {
            bits.Fill();
            var value = table.FindCoefficient(bits.Next);
            if (value != 0)
            {
                bits.Take(value & 0xFF);
                k += (value >> 8) & 15;
                value >>= 16;
            }
            else
            {
                code = table.Find(bits.Next);
                if (code == 0) return -1;
                bits.Take(code >> 8);
                size = code & 15;
                k += (code >> 4) & 15;
                if (size == 0)
                {
                    if ((code & 0xF0) != 0xF0) break;
                    continue;
                }
                value = Value(ref bits, size);
            }
            if (k > 63) return -1;
            value *= steps[k] & 0xFF;
            block[steps[k] >> 8] = value;
            sum += Math.Abs(value);
            last = k;
        }
        _bits = bits;
        return sum <= Largest ? last : -1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static int Value(ref JpegBits bits, int size)
    {
        if (size == 0) return 0;
        var value = (int)(bits.Next >> (64 - size));
        bits.Take(size);
        return JpegBits.Signed(value, size);
    }
}

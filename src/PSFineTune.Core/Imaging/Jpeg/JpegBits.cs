using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace PSFineTune.Imaging;

/// <summary>The bits of a JPEG's scan: a 0 that follows 0xFF does not count, and a marker ends them.</summary>
ref struct JpegBits(ReadOnlySpan<byte> file, int at)
{
    readonly ReadOnlySpan<byte> _file = file;

    // Bits that were made up, because a marker or the end of the file came too early.
    int _madeUp;
    int _count;
    int _at = at;

    /// <summary>The next bits, from the highest on; at least 32 of them after <see cref="Fill"/>.</summary>
    public ulong Next { get; private set; }

    /// <summary>Whether more was taken than there was.</summary>
    public readonly bool Overdrawn => _count < _madeUp;

    /// <summary>Where the marker is that ended the bits, or the byte to read next.</summary>
    public readonly int Position => _at;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Fill()
    {
        if (_count >= 32) return;
        if (_at + 8 <= _file.Length)
        {
            var eight = BinaryPrimitives.ReadUInt64BigEndian(_file[_at..]);
            // No byte of them is 0xFF.
            if (((~eight - 0x0101010101010101) & eight & 0x8080808080808080) == 0)
            {
                Next |= eight >> _count;
                _at += (63 - _count) >> 3;
                _count |= 56;
                return;
            }
        }
        // By value: what is never referred to can stay in registers.
        this = FilledByByte(this);
    }

    /// <summary>A number of so many bits as a JPEG holds it: those that begin with 0 are below 0.</summary>
    public static int Signed(int bits, int size) => bits >= 1 << (size - 1) ? bits : bits - (1 << size) + 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Take(int count)
    {
        Next <<= count;
        _count -= count;
    }

    /// <summary>Passes over a restart marker and what fills the byte before it.</summary>
    /// <returns>Whether it is the one that is due.</returns>
    public bool Restart(int number)
    {
        if (Overdrawn || _count - _madeUp >= 8 || _at + 2 > _file.Length || _file[_at] != 0xFF || _file[_at + 1] != 0xD0 + (number & 7)) return false;
        (_at, _count, _madeUp, Next) = (_at + 2, 0, 0, 0);
        return true;
    }

    static JpegBits FilledByByte(JpegBits bits)
    {
        var file = bits._file;
        // What a fast fill read beyond the count is read again.
        bits.Next &= bits._count == 0 ? 0 : ulong.MaxValue << (64 - bits._count);
        for (; bits._count <= 56; bits._count += 8)
        {
            var at = bits._at;
            if (at >= file.Length || file[at] == 0xFF && (at + 1 >= file.Length || file[at + 1] != 0))
            {
                bits._madeUp += 8;
                continue;
            }
            bits.Next |= (ulong)file[at] << (56 - bits._count);
            bits._at += file[at] == 0xFF ? 2 : 1;
        }
        return bits;
    }
}

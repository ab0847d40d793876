namespace PSFineTune.Imaging;

/// <summary>The codes of a JPEG's Huffman table (ITU-T T.81, annex C): short ones by one look, the others by their length.</summary>
sealed class HuffmanTable
{
    /// <summary>Codes of at most so many bits are found by one look.</summary>
    const int Short = 10;

    const int Longest = 16;

    // By the next ten bits: the code's length above, its symbol below; 0 where the code is longer or there is none.
    readonly ushort[] _short = new ushort[1 << Short];

    // By the next ten bits too: a coefficient whose code and bits are no more than those; its value above, then the zeros before it, then all its bits.
    readonly int[] _coefficients = new int[1 << Short];

    // By length: the first code that is longer, all sixteen bits of it, and what to add to a code to find its symbol.
    readonly int[] _end = new int[Longest + 1];
    readonly int[] _offset = new int[Longest + 1];
    readonly byte[] _symbols;

    /// <param name="counts">Sixteen: how many codes have 1, 2, ... bits.</param>
    /// <param name="symbols">In the order of the codes.</param>
    /// <param name="coefficients">Whether <see cref="FindCoefficient"/> is to be of use.</param>
    public HuffmanTable(ReadOnlySpan<byte> counts, ReadOnlySpan<byte> symbols, bool coefficients)
    {
        _symbols = symbols.ToArray();
        var (code, at) = (0, 0);
        for (var length = 1; length <= Longest; length++, code <<= 1)
        {
            _offset[length] = at - code;
            for (var k = counts[length - 1]; k > 0; k--, code++, at++)
                if (length <= Short && code < 1 << length) _short.AsSpan(code << (Short - length), 1 << (Short - length)).Fill((ushort)(length << 8 | symbols[at]));
            _end[length] = code << (Longest - length);
        }
        for (var bits = 0; coefficients && bits < _short.Length; bits++) _coefficients[bits] = Coefficient(bits);
    }

    /// <summary>The code that the bits begin with: its length times 256, plus its symbol; 0 where there is none.</summary>
    /// <param name="bits">The next bits, from the highest on.</param>
    public int Find(ulong bits)
    {
        var found = _short[(int)(bits >> (64 - Short))];
        return found != 0 ? found : FindLong((int)(bits >> (64 - Longest)));
    }

    /// <summary>The coefficient that the bits begin with, where it is short: its value times 65536, plus the zeros before it times 256, plus its bits; else 0.</summary>
    /// <param name="bits">The next bits, from the highest on.</param>
    public int FindCoefficient(ulong bits) => _coefficients[(int)(bits >> (64 - Short))];

    int Coefficient(int bits)
    {
        var (length, zeros, size) = (_short[bits] >> 8, (_short[bits] >> 4) & 15, _short[bits] & 15);
        if (length == 0 || size == 0 || length + size > Short) return 0;
        var value = (bits >> (Short - length - size)) & ((1 << size) - 1);
        return JpegBits.Signed(value, size) << 16 | zeros << 8 | (length + size);
    }

    int FindLong(int sixteen)
    {
        for (var length = Short + 1; length <= Longest; length++)
        {
            if (sixteen >= _end[length]) continue;
            var at = (sixteen >> (Longest - length)) + _offset[length];
            return (uint)at < (uint)_symbols.Length ? length << 8 | _symbols[at] : 0;
        }
        return 0;
    }
}

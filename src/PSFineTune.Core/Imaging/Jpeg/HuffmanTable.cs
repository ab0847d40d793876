namespace PSFineTune.Imaging;

/// <summary>The codes of a JPEG's Huffman table (ITU-T T.81, annex C): short ones by one look, the others by their length.</summary>
sealed class HuffmanTable
{
    /// <summary>Codes of at most so many bits are found by one look.</summary>
    const int Short = 9;

    const int Longest = 16;

    // By the next nine bits: the code's length above, its symbol below; 0 where the code is longer or there is none.
    readonly ushort[] _short = new ushort[1 << Short];

    // By length: the first code that is longer, all sixteen bits of it, and what to add to a code to find its symbol.
    readonly int[] _end = new int[Longest + 1];
    readonly int[] _offset = new int[Longest + 1];
    readonly byte[] _symbols;

    /// <param name="counts">Sixteen: how many codes have 1, 2, ... bits.</param>
    /// <param name="symbols">In the order of the codes.</param>
    public HuffmanTable(ReadOnlySpan<byte> counts, ReadOnlySpan<byte> symbols)
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
    }

    /// <summary>The code that the bits begin with: its length times 256, plus its symbol; 0 where there is none.</summary>
    /// <param name="bits">The next bits, from the highest on.</param>
    public int Find(ulong bits)
    {
        var found = _short[(int)(bits >> (64 - Short))];
        return found != 0 ? found : FindLong((int)(bits >> (64 - Longest)));
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

using System.Runtime.CompilerServices;

namespace PSFineTune.Text.Chinese;

/// <summary>Some of 256 states.</summary>
struct StateSet
{
    /// <summary>States that there can be.</summary>
    public const int Most = 256;

    Words _words;

    public readonly bool IsEmpty => (_words[0] | _words[1] | _words[2] | _words[3]) == 0;

    public void Add(int state) => _words[state >> 6] |= 1UL << state;

    public void Add(in StateSet others)
    {
        for (var i = 0; i < Most / 64; i++) _words[i] |= others._words[i];
    }

    public readonly bool Has(int state) => ((_words[state >> 6] >> state) & 1) != 0;

    [InlineArray(Most / 64)]
    struct Words
    {
        ulong _first;
    }
}

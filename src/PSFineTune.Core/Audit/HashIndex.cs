using System.Numerics;

namespace PSFineTune.Audit;

/// <summary>
/// Finds 64-bit hashes near another (multi-index hashing, Norouzi, Punjani and Fleet, 2012): two that differ in fewer than eight
/// bits differ in one bit at most in one of four parts of sixteen, so only few are looked at. Those that differ in more are found
/// where their bits happen to lie so.
/// </summary>
sealed class HashIndex
{
    const int Bands = 4, Bits = 16, Keys = 1 << Bits;

    readonly int[][] _starts = new int[Bands][], _entries = new int[Bands][];

    // Beside the entries, so that memory is read in one stretch.
    readonly ulong[][] _hashes = new ulong[Bands][];

    /// <param name="hashes">By the number that a search tells.</param>
    public HashIndex(ulong[] hashes)
    {
        for (var band = 0; band < Bands; band++)
        {
            var (starts, entries, sorted) = (new int[Keys + 1], new int[hashes.Length], new ulong[hashes.Length]);
            foreach (var hash in hashes) starts[KeyOf(hash, band) + 1]++;
            for (var key = 0; key < Keys; key++) starts[key + 1] += starts[key];
            var next = starts.AsSpan(0, Keys).ToArray();
            for (var entry = 0; entry < hashes.Length; entry++)
            {
                var place = next[KeyOf(hashes[entry], band)]++;
                (entries[place], sorted[place]) = (entry, hashes[entry]);
            }
            (_starts[band], _entries[band], _hashes[band]) = (starts, entries, sorted);
        }
    }

    /// <summary>Adds the entries near a hash that come before a number, each once.</summary>
    /// <param name="hash">To look for.</param>
    /// <param name="radius">Bits that may differ.</param>
    /// <param name="before">Entries from here on are passed over.</param>
    /// <param name="wide">Also those that have no part of sixteen bits in common.</param>
    /// <param name="budget">How many may still be looked at; where thousands of hashes are alike, looking at all of each other would take hours.</param>
    /// <param name="near">Distance and entry.</param>
    public void Search(ulong hash, int radius, int before, bool wide, ref int budget, List<(int Distance, int Entry)> near)
    {
        for (var band = 0; band < Bands; band++)
        {
            var (key, starts, entries, hashes) = (KeyOf(hash, band), _starts[band], _entries[band], _hashes[band]);
            for (var bit = -1; bit < (wide ? Bits : 0); bit++)
            {
                var at = bit < 0 ? key : key ^ 1 << bit;
                var (start, end) = (starts[at], starts[at + 1]);
                for (; start < end && budget > 0; start++, budget--)
                {
                    var difference = hash ^ hashes[start];
                    if (BitOperations.PopCount(difference) > radius) continue;
                    // In the order of their numbers.
                    if (entries[start] >= before) break;
                    if (!SeenBefore(difference, band, wide)) near.Add((BitOperations.PopCount(difference), entries[start]));
                }
            }
        }
    }

    // An earlier part was near enough to have told of it.
    static bool SeenBefore(ulong difference, int band, bool wide)
    {
        for (var earlier = 0; earlier < band; earlier++)
            if (BitOperations.PopCount((uint)KeyOf(difference, earlier)) <= (wide ? 1 : 0)) return true;
        return false;
    }

    static int KeyOf(ulong hash, int band) => (int)(hash >> (band * Bits)) & (Keys - 1);
}

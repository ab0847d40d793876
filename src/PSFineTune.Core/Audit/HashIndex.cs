using System.Buffers;
using System.Numerics;

namespace PSFineTune.Audit;

/// <summary>An entry near a hash that was looked for.</summary>
/// <param name="Query">Number of the hash.</param>
/// <param name="Distance">Bits in which both differ.</param>
/// <param name="Entry">Number of the entry.</param>
readonly record struct NearHash(int Query, int Distance, int Entry);

/// <summary>
/// Finds 64-bit hashes near others (multi-index hashing, Norouzi, Punjani and Fleet, 2012): two that differ in fewer than eight
/// bits differ in one bit at most in one of four parts of sixteen, so only few are looked at. Those that differ in more are found
/// where their bits happen to lie so. Many are looked for at once, in the order of such a part: then memory is walked through, and
/// what lies around a part is gathered once for all that have it.
/// </summary>
sealed class HashIndex
{
    const int Bands = 4, Bits = 16, Keys = 1 << Bits;

    // Looks that a find costs, so that what is kept of a thousand hashes that are all alike stays small.
    const int Found = 16;

    readonly int[][] _starts = new int[Bands][], _entries = new int[Bands][];

    // Beside the entries, so that memory is read in one stretch.
    readonly ulong[][] _hashes = new ulong[Bands][];

    /// <param name="hashes">By the number that a search tells.</param>
    public HashIndex(ulong[] hashes)
    {
        for (var band = 0; band < Bands; band++)
        {
            (_starts[band], _entries[band], _hashes[band]) = (new int[Keys + 1], new int[hashes.Length], new ulong[hashes.Length]);
            Sort(hashes, band, _starts[band], _entries[band], _hashes[band]);
        }
    }

    /// <summary>The entries near each hash, each once; sorted by hash, then by distance, then by entry.</summary>
    /// <param name="queries">The hashes to look for.</param>
    /// <param name="each">So many that follow each other share a budget.</param>
    /// <param name="radius">Bits that may differ.</param>
    /// <param name="wide">Also entries that have no part of sixteen bits in common.</param>
    /// <param name="budget">How many entries may be looked at; where thousands of hashes are alike, looking at all of each other would take hours.</param>
    public List<NearHash> Search(ReadOnlySpan<ulong> queries, int each, int radius, bool wide, int budget)
    {
        var near = new List<NearHash>();
        var budgets = new int[(queries.Length + each - 1) / each];
        Array.Fill(budgets, budget);
        var (starts, order, sorted) = (ArrayPool<int>.Shared.Rent(Keys + 1), ArrayPool<int>.Shared.Rent(queries.Length), ArrayPool<ulong>.Shared.Rent(queries.Length));
        var (entries, hashes) = (ArrayPool<int>.Shared.Rent(budget), ArrayPool<ulong>.Shared.Rent(budget));
        for (var band = 0; band < Bands; band++)
        {
            Sort(queries, band, starts, order, sorted);
            for (var at = 0; at < queries.Length;)
            {
                var key = KeyOf(sorted[at], band);
                var end = starts[key + 1];
                var count = Gather(band, key, wide, entries.AsSpan(0, budget), hashes.AsSpan(0, budget));
                for (; at < end; at++) Scan(new(order[at], 0, 0), sorted[at], hashes.AsSpan(0, count), entries, band, radius, wide, ref budgets[order[at] / each], near);
            }
        }
        ArrayPool<int>.Shared.Return(starts);
        ArrayPool<int>.Shared.Return(order);
        ArrayPool<ulong>.Shared.Return(sorted);
        ArrayPool<int>.Shared.Return(entries);
        ArrayPool<ulong>.Shared.Return(hashes);
        near.Sort(static (one, other) => (one.Query, one.Distance, one.Entry).CompareTo((other.Query, other.Distance, other.Entry)));
        return near;
    }

    // The entries that have a key, and those whose key differs from it in one bit.
    int Gather(int band, int key, bool wide, Span<int> entries, Span<ulong> hashes)
    {
        var count = 0;
        for (var bit = -1; bit < (wide ? Bits : 0); bit++)
        {
            var at = bit < 0 ? key : key ^ 1 << bit;
            var start = _starts[band][at];
            var some = Math.Min(_starts[band][at + 1] - start, entries.Length - count);
            for (var i = 0; i < some; i++) (entries[count + i], hashes[count + i]) = (_entries[band][start + i], _hashes[band][start + i]);
            count += some;
        }
        return count;
    }

    static void Scan(NearHash query, ulong hash, ReadOnlySpan<ulong> hashes, int[] entries, int band, int radius, bool wide, ref int budget, List<NearHash> near)
    {
        var left = budget;
        for (var i = 0; i < hashes.Length && left > 0; i++, left--)
        {
            var difference = hash ^ hashes[i];
            if (BitOperations.PopCount(difference) > radius || SeenBefore(difference, band, wide)) continue;
            near.Add(query with { Distance = BitOperations.PopCount(difference), Entry = entries[i] });
            left -= Found;
        }
        budget = left;
    }

    // An earlier part was near enough to have told of it.
    static bool SeenBefore(ulong difference, int band, bool wide)
    {
        for (var earlier = 0; earlier < band; earlier++)
            if (BitOperations.PopCount((uint)KeyOf(difference, earlier)) <= (wide ? 1 : 0)) return true;
        return false;
    }

    // By a part of the hash; equal ones stay in their order.
    static void Sort(ReadOnlySpan<ulong> hashes, int band, int[] starts, int[] order, ulong[] sorted)
    {
        Array.Clear(starts, 0, Keys + 1);
        foreach (var hash in hashes) starts[KeyOf(hash, band)]++;
        var sum = 0;
        for (var key = 0; key <= Keys; key++) (starts[key], sum) = (sum, sum + starts[key]);
        for (var i = 0; i < hashes.Length; i++)
        {
            var place = starts[KeyOf(hashes[i], band)]++;
            (order[place], sorted[place]) = (i, hashes[i]);
        }
        // Each has moved on to where the next begins.
        Array.Copy(starts, 0, starts, 1, Keys);
        starts[0] = 0;
    }

    static int KeyOf(ulong hash, int band) => (int)(hash >> (band * Bits)) & (Keys - 1);
}

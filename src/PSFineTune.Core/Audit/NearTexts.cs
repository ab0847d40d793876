using PSFineTune.Data;

namespace PSFineTune.Audit;

/// <summary>Texts that are nearly the same: found by their sketches, then read again and compared.</summary>
static class NearTexts
{
    /// <summary>Share of the runs of words of two texts that both have (Jaccard) from which they are nearly the same.</summary>
    public const double Alike = 0.7;

    /// <summary>Of each row one that comes before it and is nearly the same; -1 for none. Of texts that are the same only the first is looked at.</summary>
    public static int[] Find(TextTrace[] traces, int[] firsts, Func<int, Split> splitOf, Func<int, string> textAt, CancellationToken cancel)
    {
        var near = new int[traces.Length];
        Array.Fill(near, -1);
        int[] rows = [.. Enumerable.Range(0, traces.Length).Where(row => firsts[row] == row && traces[row].Sketch[0] != 0)];
        for (var band = 0; band < MinHash.Bands; band++)
        {
            var at = band;
            Array.Sort(rows, (one, other) => traces[one].Sketch[at] != traces[other].Sketch[at] ? traces[one].Sketch[at].CompareTo(traces[other].Sketch[at]) : TextTwins.Order(one, other, splitOf));
            for (var (start, end) = (0, 0); start < rows.Length; start = end)
            {
                while (end < rows.Length && traces[rows[end]].Sketch[at] == traces[rows[start]].Sketch[at]) end++;
                Within(rows.AsSpan(start, end - start), near, textAt, cancel);
            }
        }
        return near;
    }

    // To the first of them and to the one before: to all would take hours where thousands of texts are of one form.
    static void Within(ReadOnlySpan<int> rows, int[] near, Func<int, string> textAt, CancellationToken cancel)
    {
        if (rows.Length == 1) return;
        var (first, before, last) = (MinHash.Runs(textAt(rows[0])), default(HashSet<ulong>), rows[0]);
        for (var i = 1; i < rows.Length; i++)
        {
            cancel.ThrowIfCancellationRequested();
            var runs = MinHash.Runs(textAt(rows[i]));
            if (near[rows[i]] < 0) near[rows[i]] = Share(first, runs) >= Alike ? rows[0] : before is not null && Share(before, runs) >= Alike ? last : -1;
            (before, last) = (runs, rows[i]);
        }
    }

    static double Share(HashSet<ulong> one, HashSet<ulong> other)
    {
        var both = one.Count(other.Contains);
        return both / (double)(one.Count + other.Count - both);
    }
}

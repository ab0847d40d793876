using PSFineTune.Data;

namespace PSFineTune.Audit;

/// <summary>Texts that are the same.</summary>
static class TextTwins
{
    /// <summary>Of each row the first of those with its hash: one to learn from before others, then the one that comes first.</summary>
    public static int[] Firsts(TextTrace[] traces, Func<int, Split> splitOf)
    {
        var rows = Enumerable.Range(0, traces.Length).ToArray();
        Array.Sort(rows, (one, other) =>
        {
            var order = traces[one].Hash.CompareTo(traces[other].Hash);
            return order != 0 ? order : Order(one, other, splitOf);
        });
        var firsts = new int[rows.Length];
        for (var at = 0; at < rows.Length; at++)
            firsts[rows[at]] = at > 0 && traces[rows[at]].Hash == traces[rows[at - 1]].Hash ? firsts[rows[at - 1]] : rows[at];
        return firsts;
    }

    public static int Order(int one, int other, Func<int, Split> splitOf) =>
        splitOf(one) != splitOf(other) ? splitOf(one).CompareTo(splitOf(other)) : one.CompareTo(other);
}

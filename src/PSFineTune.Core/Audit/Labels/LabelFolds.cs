using PSFineTune.Data;

namespace PSFineTune.Audit.Labels;

/// <summary>Divides samples for judging each by models that did not learn from it: every class evenly over the folds, and copies of one sample in one fold.</summary>
static class LabelFolds
{
    /// <param name="data">Of the samples.</param>
    /// <param name="rows">To divide.</param>
    /// <param name="folds">How many, 2 or above.</param>
    /// <returns>The fold of each row, from 0; decided by content, so that neither order nor names matter.</returns>
    public static int[] Of(Dataset data, IReadOnlyList<int> rows, int folds)
    {
        var (next, known, chosen) = (new int[data.Classes.Count], new Dictionary<string, int>(), new int[rows.Count]);
        var hashes = rows.Select(row => Convert.ToHexString(data.HashAt(row))).ToArray();
        // By hash, which is as good as by chance and the same each time.
        foreach (var at in Enumerable.Range(0, rows.Count).OrderBy(at => hashes[at], StringComparer.Ordinal).ThenBy(at => rows[at]))
        {
            if (!known.TryGetValue(hashes[at], out var fold)) known[hashes[at]] = fold = next[data.LabelAt(rows[at])]++ % folds;
            chosen[at] = fold;
        }
        return chosen;
    }
}

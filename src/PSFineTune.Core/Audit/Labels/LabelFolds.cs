using PSFineTune.Data;

namespace PSFineTune.Audit.Labels;

/// <summary>Divides samples for judging each by models that did not learn from it: every class evenly over the folds, and copies of one sample, or all of a group where the data have groups, in one fold.</summary>
static class LabelFolds
{
    /// <param name="data">Of the samples.</param>
    /// <param name="rows">To divide.</param>
    /// <param name="folds">How many, 2 or above.</param>
    /// <returns>The fold of each row, from 0; decided by content, so that neither order nor names matter.</returns>
    public static int[] Of(Dataset data, IReadOnlyList<int> rows, int folds)
    {
        var (next, known, chosen) = (new int[data.Classes.Count], new Dictionary<string, int>(), new int[rows.Count]);
        var (hashes, units) = (rows.Select(row => Convert.ToHexString(data.HashAt(row))).ToArray(), rows.Select(row => UnitOf(data, row)).ToArray());
        // By hash, which is as good as by chance and the same each time.
        foreach (var at in Enumerable.Range(0, rows.Count).OrderBy(at => hashes[at], StringComparer.Ordinal).ThenBy(at => rows[at]))
        {
            // A copy in a second group draws that group along.
            if (!known.TryGetValue(units[at], out var fold) && !known.TryGetValue(hashes[at], out fold)) fold = next[data.LabelAt(rows[at])]++ % folds;
            known[units[at]] = known[hashes[at]] = fold;
            chosen[at] = fold;
        }
        return chosen;
    }

    /// <summary>What must not be on both sides: the sample's group, or its content where it has none.</summary>
    public static string UnitOf(Dataset data, int row) => data.GroupAt(row) is { } group ? "group " + group : Convert.ToHexString(data.HashAt(row));
}

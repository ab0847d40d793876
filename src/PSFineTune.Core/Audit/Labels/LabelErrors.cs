using PSFineTune.Data;
using PSFineTune.Embeddings;

namespace PSFineTune.Audit.Labels;

/// <summary>
/// Labels of a dataset that are most likely wrong: each sample is judged by a linear model that learned from the others
/// (five folds), confident learning says which disagreements are too many for chance, and of those count the clear ones. Pulled: it advances only as it is read.
/// </summary>
static class LabelErrors
{
    /// <summary>Classes of fewer different samples, or groups where the data have them, are left out: no model learns them from what is left without a fold.</summary>
    public const int LeastOfClass = 10;

    const int Folds = 5;

    // A label must be held so much less probable than by guess. Models on few or plain features are often wrong themselves, and
    // then hold the label possible; of labels made wrong on photos a fifth of what was found was right without this, four fifths with it.
    const double OfGuess = 0.25;

    // Images that are judged together, at most: their features are in memory.
    const int Together = 20_000;

    /// <summary>Yields how many samples' features are made, and at the end the doubts by row of the dataset, largest margin first.</summary>
    /// <param name="data">Images or texts, of all splits.</param>
    /// <param name="workspace">Where features of images are remembered; empty for nowhere.</param>
    /// <param name="cancel">Stops within a batch or an iteration.</param>
    public static IEnumerable<(int Done, int Count, IReadOnlyList<LabelDoubt>? Result)> Find(Dataset data, string workspace, CancellationToken cancel)
    {
        var parts = Parts(data, data is ImageDataset ? Together : int.MaxValue);
        var count = parts.Sum(rows => rows.Length);
        var doubts = new List<LabelDoubt>();
        var done = 0;
        foreach (var rows in parts)
        {
            cancel.ThrowIfCancellationRequested();
            var features = new List<float[]>();
            if (data is ImageDataset)
            {
                using var embedder = new PictureEmbedder();
                foreach (var part in new EmbeddingPass(embedder, isText: false, workspace).Run([.. rows.Select(data.ItemAt)], cancel))
                {
                    features.AddRange(part.Select(one => one.Features ?? throw one.Fault!));
                    yield return (done += part.Count, count, null);
                }
            }
            doubts.AddRange(Judged(data, rows, features, cancel));
        }
        yield return (count, count, [.. doubts.OrderByDescending(doubt => doubt.Margin).ThenBy(doubt => doubt.Row)]);
    }

    static IEnumerable<LabelDoubt> Judged(Dataset data, int[] rows, IReadOnlyList<float[]> features, CancellationToken cancel)
    {
        // Classes that are left out have no number here.
        int[] classes = [.. rows.Select(data.LabelAt).Distinct().Order()], labels = [.. rows.Select(row => Array.IndexOf(classes, data.LabelAt(row)))];
        if (classes.Length < 2) return [];
        var folds = LabelFolds.Of(data, rows, Folds);
        var scores = data is ImageDataset ? PictureJudges.Scores(features, labels, classes.Length, folds, cancel) : TextJudges.Scores(data, rows, labels, classes.Length, folds, cancel);
        return ConfidentLearning.Doubts(scores, labels).Where(doubt => doubt.OwnConfidence <= OfGuess / classes.Length).Select(doubt => doubt with { Row = rows[doubt.Row], Suggested = classes[doubt.Suggested] });
    }

    /// <summary>Rows that are judged together: all where they are few, else a share of each class. Whatever class has too few in a part is left out of it.</summary>
    /// <param name="data">Images or texts.</param>
    /// <param name="most">Rows of a part, at most.</param>
    public static IReadOnlyList<int[]> Parts(Dataset data, int most)
    {
        var usable = Usable(data, Enumerable.Range(0, data.Count));
        var parts = (usable.Length + most - 1) / most;
        if (parts <= 1) return [usable];
        // Each class is dealt out on its own: rows come class after class, and a rare class must not lie in one part by chance alone.
        var dealt = usable.GroupBy(data.LabelAt).SelectMany(same => same).Select((row, at) => (Row: row, Part: at % parts)).ToLookup(one => one.Part, one => one.Row);
        return [.. Enumerable.Range(0, parts).Select(part => Usable(data, dealt[part].Order()))];
    }

    static int[] Usable(Dataset data, IEnumerable<int> rows)
    {
        int[] all = [.. rows];
        var enough = all.GroupBy(data.LabelAt).Where(same => same.Select(row => LabelFolds.UnitOf(data, row)).Distinct().Count() >= LeastOfClass).Select(same => same.Key).ToHashSet();
        return [.. all.Where(row => enough.Contains(data.LabelAt(row)))];
    }
}

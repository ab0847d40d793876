using PSFineTune.Data;
using PSFineTune.Embeddings;

namespace PSFineTune.Audit.Labels;

/// <summary>
/// Labels of a dataset that are most likely wrong: each sample is judged by a linear model that learned from the others
/// (five folds), confident learning says which disagreements are too many for chance, and of those count the clear ones. Pulled: it advances only as it is read.
/// </summary>
static class LabelErrors
{
    /// <summary>Classes of fewer different samples are left out: no model learns them from what is left without a fold.</summary>
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
        var usable = Usable(data);
        var doubts = new List<LabelDoubt>();
        var done = 0;
        foreach (var rows in data is ImageDataset ? Parts(usable) : [usable])
        {
            cancel.ThrowIfCancellationRequested();
            var features = new List<float[]>();
            if (data is ImageDataset)
            {
                using var embedder = new PictureEmbedder();
                foreach (var part in new EmbeddingPass(embedder, isText: false, workspace).Run([.. rows.Select(data.ItemAt)], cancel))
                {
                    features.AddRange(part.Select(one => one.Features ?? throw one.Fault!));
                    yield return (done += part.Count, usable.Length, null);
                }
            }
            doubts.AddRange(Judged(data, rows, features, cancel));
        }
        yield return (usable.Length, usable.Length, [.. doubts.OrderByDescending(doubt => doubt.Margin).ThenBy(doubt => doubt.Row)]);
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

    static int[] Usable(Dataset data)
    {
        var enough = Enumerable.Range(0, data.Count).GroupBy(data.LabelAt).Where(same => same.Select(row => Convert.ToHexString(data.HashAt(row))).Distinct().Count() >= LeastOfClass).Select(same => same.Key).ToHashSet();
        return [.. Enumerable.Range(0, data.Count).Where(row => enough.Contains(data.LabelAt(row)))];
    }

    // Spread over all of the data, whose rows come class after class.
    static IEnumerable<int[]> Parts(int[] rows)
    {
        var parts = (rows.Length + Together - 1) / Together;
        return Enumerable.Range(0, parts).Select(part => rows.Where((_, at) => at % parts == part).ToArray());
    }
}

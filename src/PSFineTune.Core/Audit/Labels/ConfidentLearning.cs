namespace PSFineTune.Audit.Labels;

/// <summary>A sample whose label is most likely wrong.</summary>
/// <param name="Row">Of the samples.</param>
/// <param name="Suggested">Index of the class that it seems to be.</param>
/// <param name="Confidence">Probability of that class, 0 to 1.</param>
/// <param name="OwnConfidence">Probability of the class that it is labelled as.</param>
readonly record struct LabelDoubt(int Row, int Suggested, double Confidence, double OwnConfidence)
{
    /// <summary>By how much the suggested class is more probable, 0 to 1: the normalised margin with its sign turned.</summary>
    public double Margin => Confidence - OwnConfidence;
}

/// <summary>
/// Which labels are most likely wrong, from class probabilities by models that did not learn from the sample (Northcutt, Jiang
/// and Chuang 2021, Confident learning: estimating uncertainty in dataset labels, https://arxiv.org/abs/1911.00068): the
/// confident joint, calibrated (equation 3), tells how many samples of one class are labelled as another; so many are taken,
/// those of largest margin first (prune by noise rate, section 3.2), and of them those whose most probable class is the other.
/// </summary>
static class ConfidentLearning
{
    /// <param name="probabilities">Of each sample, 1 in all.</param>
    /// <param name="labels">As given; every class has a sample.</param>
    /// <returns>Largest margin first.</returns>
    public static IReadOnlyList<LabelDoubt> Doubts(IReadOnlyList<float[]> probabilities, IReadOnlyList<int> labels)
    {
        if (labels.Count == 0) return [];
        var joint = Joint(probabilities, labels, Thresholds(probabilities, labels));
        var doubts = Enumerable.Range(0, labels.Count)
            .Select(row => (Row: row, Best: Array.IndexOf(probabilities[row], probabilities[row].Max())))
            .Where(pair => pair.Best != labels[pair.Row])
            .Select(pair => new LabelDoubt(pair.Row, pair.Best, probabilities[pair.Row][pair.Best], probabilities[pair.Row][labels[pair.Row]]));
        return [.. doubts.GroupBy(doubt => (labels[doubt.Row], doubt.Suggested))
            .SelectMany(pair => Ordered(pair).Take((int)Math.Round(joint[pair.Key.Item1, pair.Key.Suggested], MidpointRounding.ToEven)))
            .OrderByDescending(doubt => doubt.Margin).ThenBy(doubt => doubt.Row)];
    }

    /// <summary>Of each class the mean probability of it over the samples that are labelled so.</summary>
    public static double[] Thresholds(IReadOnlyList<float[]> probabilities, IReadOnlyList<int> labels)
    {
        var (sums, counts) = (new double[probabilities[0].Length], new int[probabilities[0].Length]);
        for (var row = 0; row < labels.Count; row++)
        {
            sums[labels[row]] += probabilities[row][labels[row]];
            counts[labels[row]]++;
        }
        return [.. sums.Zip(counts, (sum, count) => count > 0 ? sum / count : 1)];
    }

    /// <summary>How many samples labelled as one class (row) are of another (column): those confident of it, scaled to how many are labelled so.</summary>
    public static double[,] Joint(IReadOnlyList<float[]> probabilities, IReadOnlyList<int> labels, double[] thresholds)
    {
        var (classes, joint) = (thresholds.Length, new double[thresholds.Length, thresholds.Length]);
        var (sums, counts) = (new double[classes], new int[classes]);
        for (var row = 0; row < labels.Count; row++)
        {
            counts[labels[row]]++;
            // Of the classes that it is confident of the most probable one.
            var best = -1;
            for (var label = 0; label < classes; label++)
                if (probabilities[row][label] >= thresholds[label] && (best < 0 || probabilities[row][label] > probabilities[row][best])) best = label;
            if (best < 0) continue;
            joint[labels[row], best]++;
            sums[labels[row]]++;
        }
        for (var label = 0; label < classes; label++)
            for (var other = 0; other < classes; other++) joint[label, other] = sums[label] > 0 ? joint[label, other] / sums[label] * counts[label] : label == other ? counts[label] : 0;
        return joint;
    }

    static IEnumerable<LabelDoubt> Ordered(IEnumerable<LabelDoubt> doubts) => doubts.OrderByDescending(doubt => doubt.Margin).ThenBy(doubt => doubt.Row);
}

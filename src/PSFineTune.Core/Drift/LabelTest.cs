namespace PSFineTune.Drift;

/// <summary>Whether the classes of two groups come in the same shares: Pearson's chi-square, whose chance is left to permutations, so that few samples of a class do no harm.</summary>
/// <param name="labels">Of all samples, the first group's first; indices of classes.</param>
/// <param name="classes">Count of classes.</param>
/// <param name="first">How many the first group has.</param>
sealed class LabelTest(int[] labels, int classes, int first)
{
    readonly int[] _all = Counted(labels, classes);

    /// <summary>Of the division as it is.</summary>
    public double Statistic() => Statistic([.. Enumerable.Range(0, labels.Length)]);

    /// <summary>Where the first group are the samples at the beginning of an order of all. Classes without a sample count nothing.</summary>
    public double Statistic(ReadOnlySpan<int> order)
    {
        Span<int> counts = classes <= 256 ? stackalloc int[classes] : new int[classes];
        foreach (var row in order[..first]) counts[labels[row]]++;
        var (sum, share) = (0.0, (double)first / labels.Length);
        for (var label = 0; label < classes; label++)
        {
            if (_all[label] == 0) continue;
            // Of the two cells of a class the differences are opposite: d²/(n p) + d²/(n (1 - p)).
            var difference = counts[label] - _all[label] * share;
            sum += difference * difference / (_all[label] * share * (1 - share));
        }
        return sum;
    }

    /// <summary>Cramér's V of a table of two columns, corrected for chance (Bergsma 2013, equations 7 to 9), 0 to 1.</summary>
    public double Effect(double statistic)
    {
        var (n, rows) = ((double)labels.Length, _all.Count(count => count > 0));
        if (rows < 2 || n < 3) return 0;
        var share = Math.Max(0, statistic / n - (rows - 1) / (n - 1));
        var (correctedRows, correctedColumns) = (rows - (rows - 1.0) * (rows - 1) / (n - 1), 2 - 1 / (n - 1));
        return Math.Sqrt(share / Math.Min(correctedRows - 1, correctedColumns - 1));
    }

    /// <summary>How much of each group is of each class, in the order of the classes.</summary>
    public (int First, int Second)[] Counts()
    {
        var counts = Counted(labels.AsSpan(0, first), classes);
        return [.. counts.Select((count, label) => (count, _all[label] - count))];
    }

    static int[] Counted(ReadOnlySpan<int> labels, int classes)
    {
        var counts = new int[classes];
        foreach (var label in labels) counts[label]++;
        return counts;
    }
}

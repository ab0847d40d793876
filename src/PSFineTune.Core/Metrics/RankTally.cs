namespace PSFineTune.Metrics;

/// <summary>
/// Keeps probabilities until the area under each class's ROC curve can be told from their ranks (Mann and Whitney 1947).
/// Exact up to a bound of memory; of more samples every second, fourth… one counts.
/// </summary>
/// <param name="classes">How many.</param>
/// <param name="most">How many probabilities are kept.</param>
sealed class RankTally(int classes, int most = 1 << 27)
{
    readonly List<(int Label, float[] Probabilities)> _kept = [];
    int _seen, _step = 1;

    public void Add(int label, ReadOnlySpan<float> probabilities)
    {
        if (_seen++ % _step != 0) return;
        _kept.Add((label, probabilities.ToArray()));
        if ((long)_kept.Count * classes <= most || _kept.Count < 2) return;
        for (var row = 1; 2 * row < _kept.Count; row++) _kept[row] = _kept[2 * row];
        _kept.RemoveRange((_kept.Count + 1) / 2, _kept.Count / 2);
        _step *= 2;
    }

    /// <summary>One a class; NaN where a class has all samples or none.</summary>
    public double[] Areas(CancellationToken cancel)
    {
        var own = _kept.GroupBy(sample => sample.Label).ToDictionary(same => same.Key, same => same.Select(sample => sample.Probabilities[same.Key]).Order().ToArray());
        var ascending = Enumerable.Range(0, classes).Select(index => own.GetValueOrDefault(index) ?? []).ToArray();
        var areas = new double[classes];
        // Neighbours together, for a sample's probabilities of them lie in one cache line.
        var width = Math.Clamp(classes / Environment.ProcessorCount, 1, 16);
        Parallel.For(0, (classes + width - 1) / width, new() { CancellationToken = cancel }, block => Area(ascending, areas, block * width, Math.Min((block + 1) * width, classes)));
        return areas;
    }

    // How often a sample of a class is held more probable for it than another sample, a tie being half of it.
    void Area(float[][] own, double[] areas, int from, int to)
    {
        var twice = new long[to - from];
        foreach (var (label, probabilities) in _kept)
            for (var index = from; index < to; index++)
                if (index != label) twice[index - from] += TwiceOver(own[index], probabilities[index]);
        for (var index = from; index < to; index++) areas[index] = twice[index - from] / (2.0 * own[index].Length * (_kept.Count - own[index].Length));
    }

    // How many of the ascending values lie over one, twice, and how many at it.
    static int TwiceOver(float[] values, float bound)
    {
        var under = CountUnder(values, bound, 0, orAt: false);
        var at = under < values.Length && values[under] == bound ? CountUnder(values, bound, under, orAt: true) - under : 0;
        return 2 * (values.Length - under) - at;
    }

    static int CountUnder(float[] values, float bound, int low, bool orAt)
    {
        var high = values.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (values[middle] < bound || (orAt && values[middle] == bound)) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}

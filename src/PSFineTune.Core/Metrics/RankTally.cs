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
        var areas = new double[classes];
        Parallel.For(0, classes, new() { CancellationToken = cancel }, index => areas[index] = Area(index));
        return areas;
    }

    // How often a sample of the class is held more probable than another, a tie being half of it.
    double Area(int index)
    {
        var own = _kept.Where(sample => sample.Label == index).Select(sample => sample.Probabilities[index]).ToArray();
        Array.Sort(own);
        var twice = 0L;
        foreach (var (label, probabilities) in _kept)
            if (label != index) twice += 2L * own.Length - CountUnder(own, probabilities[index], orAt: false) - CountUnder(own, probabilities[index], orAt: true);
        return twice / (2.0 * own.Length * (_kept.Count - own.Length));
    }

    // How many of the ascending values lie under one, or at it too.
    static int CountUnder(float[] values, float bound, bool orAt)
    {
        var (low, high) = (0, values.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (values[middle] < bound || (orAt && values[middle] == bound)) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}

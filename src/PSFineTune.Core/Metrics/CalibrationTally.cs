namespace PSFineTune.Metrics;

/// <summary>Counts how often the model is right where it is about as sure: bins of equal width (Guo et al. 2017).</summary>
sealed class CalibrationTally
{
    const int Bins = 15;

    readonly double[] _confidence = new double[Bins];
    readonly int[] _hits = new int[Bins];
    readonly int[] _counts = new int[Bins];

    public void Add(double confidence, bool hit)
    {
        // Bin m is (m / 15, (m + 1) / 15].
        var bin = Math.Clamp((int)Math.Ceiling(confidence * Bins) - 1, 0, Bins - 1);
        _confidence[bin] += confidence;
        _counts[bin]++;
        if (hit) _hits[bin]++;
    }

    /// <summary>Gap of each bin between how sure and how often right, weighted by its samples.</summary>
    public double Error => Enumerable.Range(0, Bins).Sum(bin => Math.Abs(_hits[bin] - _confidence[bin])) / _counts.Sum();

    /// <summary>Ascending; those without a sample too.</summary>
    public CalibrationBin[] Filled => [.. Enumerable.Range(0, Bins).Select(bin => new CalibrationBin
    {
        Low = bin / (double)Bins,
        High = (bin + 1) / (double)Bins,
        Count = _counts[bin],
        Confidence = _confidence[bin] / _counts[bin],
        Accuracy = _hits[bin] / (double)_counts[bin],
    })];
}

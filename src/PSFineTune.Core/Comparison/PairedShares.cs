using PSFineTune.Metrics;

namespace PSFineTune.Comparison;

/// <summary>
/// The difference of two shares of the same samples, by the score test (Tango 1998, Equivalence test and confidence interval
/// for the difference in proportions for the paired-sample design). It knows a spread also where no sample tells the two apart.
/// </summary>
/// <param name="Gained">Samples that only the second has.</param>
/// <param name="Lost">Samples that only the first has.</param>
/// <param name="Count">All samples, 1 or more.</param>
readonly record struct PairedShares(int Gained, int Lost, int Count)
{
    /// <summary>Of the second less the first, -1 to 1.</summary>
    public double Difference => (Gained - Lost) / (double)Count;

    /// <summary>How far the difference lies above another, in standard deviations as they were if that were true.</summary>
    public double Score(double difference)
    {
        // The most probable share of lost samples, where the difference is the other one.
        var twice = 2.0 * Count;
        var linear = (twice - Gained + Lost) * difference - Gained - Lost;
        var root = Math.Sqrt(Math.Max(0, linear * linear + 4 * twice * Lost * difference * (1 - difference)));
        var lost = (root - linear) / (2 * twice);
        var variance = Count * (2 * lost + difference * (1 - difference));
        var above = Gained - Lost - Count * difference;
        return Math.Abs(above) < 1e-12 * Count ? 0 : variance <= 0 ? above > 0 ? double.PositiveInfinity : double.NegativeInfinity : above / Math.Sqrt(variance);
    }

    /// <summary>The differences that the score test does not refuse.</summary>
    public Interval Interval(double confidence)
    {
        var (shares, far) = (this, -NormalLaw.Quantile((1 - confidence) / 2));
        return new()
        {
            Low = BinomialLaw.Root(difference => far - shares.Score(difference), -1, Difference),
            High = BinomialLaw.Root(difference => -far - shares.Score(difference), Difference, 1),
            Confidence = confidence,
        };
    }
}

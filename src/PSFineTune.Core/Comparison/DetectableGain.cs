using PSFineTune.Metrics;

namespace PSFineTune.Comparison;

/// <summary>What so many samples can show.</summary>
static class DetectableGain
{
    // Of more samples that tell the models apart the normal approximation has no error that shows.
    const int Many = 4000;

    /// <summary>
    /// The least gain in accuracy that the exact McNemar test shows with a given power, where the models differ on a share of
    /// the samples, or on as many more as the gain itself takes; NaN where there is none. Computed exactly over all counts
    /// of such samples; above some thousand of them by Connor (1987, Sample size for testing differences in proportions for the paired-sample design).
    /// </summary>
    /// <param name="count">Samples.</param>
    /// <param name="differing">Share of them on which exactly one model is right, 0 to 1.</param>
    /// <param name="level">Two-sided.</param>
    /// <param name="power">0.5 to below 1.</param>
    public static double Of(int count, double differing, double level, double power)
    {
        if (count * differing > Many) return BinomialLaw.Root(gain => count - Needed(gain, Math.Max(gain, differing), level, power), 1e-9, 1);
        Dictionary<int, int> needed = [];
        return PowerOf(count, 1, 1, level, needed) < power ? double.NaN
            : BinomialLaw.Root(gain => PowerOf(count, Math.Max(gain, differing), gain, level, needed) - power, 0, 1);
    }

    /// <summary>How probable it is that the exact McNemar test shows a gain, 0 to 1.</summary>
    public static double PowerOf(int count, double differing, double gain, double level) => PowerOf(count, differing, gain, level, []);

    /// <summary>How many samples show a gain with a given power (Connor 1987).</summary>
    public static double Needed(double gain, double differing, double level, double power)
    {
        var root = -NormalLaw.Quantile(level / 2) * Math.Sqrt(differing) + NormalLaw.Quantile(power) * Math.Sqrt(Math.Max(0, differing - gain * gain));
        return root * root / (gain * gain);
    }

    // Over the counts of samples that tell: each as probable as it is, times how often so many of them are then the challenger's.
    static double PowerOf(int count, double differing, double gain, double level, Dictionary<int, int> needed)
    {
        if (differing <= 0) return 0;
        var (mean, spread) = (count * differing, Math.Sqrt(count * differing * (1 - differing)));
        var (share, sum) = (Math.Min(1, (differing + gain) / (2 * differing)), 0.0);
        for (var telling = (int)Math.Max(0, mean - 9 * spread - 9); telling <= Math.Min(count, mean + 9 * spread + 9); telling++)
            if (BinomialLaw.Exactly(telling, count, differing) is var weight and > 1e-18) sum += weight * BinomialLaw.AtLeast(Shown(telling, level, needed), telling, share);
        return sum;
    }

    // How many of the samples that tell must be the challenger's; more than there are where none are enough.
    static int Shown(int telling, double level, Dictionary<int, int> needed)
    {
        if (needed.TryGetValue(telling, out var known)) return known;
        var (low, high) = (telling / 2, telling + 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (2 * BinomialLaw.AtLeast(middle, telling, 0.5) <= level) high = middle;
            else low = middle + 1;
        }
        return needed[telling] = low;
    }
}

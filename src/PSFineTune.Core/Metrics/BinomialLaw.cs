namespace PSFineTune.Metrics;

/// <summary>The binomial distribution, by the incomplete beta function, and what it says of a share.</summary>
static class BinomialLaw
{
    /// <summary>How probable at least so many successes are, 0 to 1.</summary>
    /// <param name="hits">Any number.</param>
    /// <param name="count">Trials, 0 or more.</param>
    /// <param name="chance">Of each, 0 to 1.</param>
    public static double AtLeast(int hits, int count, double chance) => hits <= 0 ? 1 : hits > count ? 0 : Beta(chance, hits, count - hits + 1.0);

    /// <summary>How probable exactly so many successes are, 0 to 1.</summary>
    public static double Exactly(int hits, int count, double chance) =>
        hits < 0 || hits > count ? 0
        : chance <= 0 ? hits == 0 ? 1 : 0
        : chance >= 1 ? hits == count ? 1 : 0
        : Math.Exp(LogGamma(count + 1.0) - LogGamma(hits + 1.0) - LogGamma(count - hits + 1.0) + hits * Math.Log(chance) + (count - hits) * Math.Log(1 - chance));

    /// <summary>Where a share lies of which so many of a count were seen: exact, so that it holds the share at least that often (Clopper and Pearson 1934).</summary>
    /// <param name="hits">0 to count; parts of a sample too, where so many samples are as good as those that there are.</param>
    /// <param name="count">0 or more; of none nothing is known.</param>
    /// <param name="confidence">Above 0 and below 1.</param>
    public static Interval Share(double hits, double count, double confidence)
    {
        var tail = (1 - confidence) / 2;
        return new()
        {
            // At the low end as many hits or more are as rare as the tail, at the high end as few or fewer.
            Low = hits <= 0 ? 0 : Root(share => Beta(share, hits, count - hits + 1) - tail, 0, 1),
            High = hits >= count ? 1 : Root(share => Beta(share, hits + 1, count - hits) - (1 - tail), 0, 1),
            Confidence = confidence,
        };
    }

    /// <summary>Where a rising function is 0, by halving; an end where it is 0 nowhere.</summary>
    public static double Root(Func<double, double> rising, double low, double high)
    {
        for (var turn = 0; turn < 200 && high - low > 1e-15; turn++)
        {
            var middle = low + (high - low) / 2;
            if (rising(middle) < 0) low = middle;
            else high = middle;
        }
        return low + (high - low) / 2;
    }

    // The regularized incomplete beta function: its continued fraction (DLMF 8.17.22) on the side where that converges fast.
    static double Beta(double x, double a, double b) =>
        x <= 0 ? 0 : x >= 1 ? 1 : x > (a + 1) / (a + b + 2) ? 1 - Beta(1 - x, b, a)
        : Math.Exp(a * Math.Log(x) + b * Math.Log(1 - x) + LogGamma(a + b) - LogGamma(a) - LogGamma(b)) / a / Fraction(x, a, b);

    // 1 + d1/(1 + d2/(1 + …)), by Lentz's way of computing from the front (1976, Generating Bessel functions in Mie scattering calculations).
    static double Fraction(double x, double a, double b)
    {
        const double tiny = 1e-300;
        var (value, over, under) = (1.0, 1.0, 0.0);
        for (var n = 1; n < 100_000; n++)
        {
            var m = n / 2;
            var d = n % 2 == 0 ? m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)) : -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            under = 1 + d * under;
            under = 1 / (Math.Abs(under) < tiny ? tiny : under);
            over = 1 + d / over;
            if (Math.Abs(over) < tiny) over = tiny;
            value *= over * under;
            if (Math.Abs(over * under - 1) < 1e-16) break;
        }
        return value;
    }

    // Stirling's series (DLMF 5.11.1), from where it is exact to the last digit.
    static double LogGamma(double x)
    {
        var product = 1.0;
        for (; x < 16; x++) product *= x;
        var square = 1 / (x * x);
        return (x - 0.5) * Math.Log(x) - x + Math.Log(2 * Math.PI) / 2
            + (1.0 / 12 - (1.0 / 360 - (1.0 / 1260 - (1.0 / 1680 - square / 1188) * square) * square) * square) / x - Math.Log(product);
    }
}

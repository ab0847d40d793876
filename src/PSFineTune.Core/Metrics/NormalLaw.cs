namespace PSFineTune.Metrics;

/// <summary>The standard normal distribution.</summary>
static class NormalLaw
{
    // From here on the tail's own fraction converges within the terms below.
    const double Far = 3;

    const int Terms = 200;

    /// <summary>How probable a value up to x is, 0 to 1.</summary>
    public static double Below(double x) => double.IsNaN(x) ? double.NaN : x > Far ? 1 - Tail(x) : x < -Far ? Tail(-x) : 0.5 + Density(x) * Middle(x);

    /// <summary>The value that a share of all are below.</summary>
    /// <param name="share">Above 0 and below 1.</param>
    public static double Quantile(double share)
    {
        if (share > 0.5) return -Quantile(1 - share);
        // Left of 0 the function is convex, so that Newton's steps from there never go too far.
        var x = 0.0;
        for (var turn = 0; turn < Terms; turn++)
        {
            var step = (Below(x) - share) / Density(x);
            x -= step;
            if (Math.Abs(step) < 1e-15 * (1 + Math.Abs(x))) break;
        }
        return x;
    }

    static double Density(double x) => Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);

    // x + x^3/3 + x^5/(3 5) + … (DLMF 7.6.2).
    static double Middle(double x)
    {
        var (sum, term) = (x, x);
        for (var k = 3; k < Terms; k += 2)
        {
            term *= x * x / k;
            sum += term;
            if (Math.Abs(term) < 1e-17 * Math.Abs(sum)) break;
        }
        return sum;
    }

    // The density over x + 1/(x + 2/(x + 3/(x + …))) (DLMF 7.9.2), from its end.
    static double Tail(double x)
    {
        if (double.IsPositiveInfinity(x)) return 0;
        var under = x;
        for (var k = Terms; k >= 1; k--) under = x + k / under;
        return Density(x) / under;
    }
}

namespace PSFineTune.Metrics;

/// <summary>How many of some independent trials succeed, drawn exactly.</summary>
static class Binomial
{
    // Below this mean the rejection's bounds do not hold.
    const double Few = 10;

    /// <param name="random">Of the draw.</param>
    /// <param name="count">Trials, 0 or more.</param>
    /// <param name="chance">Of each to succeed; below 0 counts as 0, above 1 as 1.</param>
    public static int Draw(RandomStream random, int count, double chance) =>
        count == 0 || chance <= 0 ? 0
        : chance >= 1 ? count
        : chance > 0.5 ? count - Draw(random, count, 1 - chance)
        : count * chance < Few ? Wait(random, count, chance)
        : Reject(random, count, chance);

    // From one success to the next it takes a geometric number of trials.
    static int Wait(RandomStream random, int count, double chance)
    {
        var (hits, at, scale) = (-1, 0.0, Math.Log(1 - chance));
        do
        {
            hits++;
            at += Math.Floor(Math.Log(1 - random.NextDouble()) / scale) + 1;
        }
        while (at <= count);
        return hits;
    }

    // Transformed rejection with squeeze (BTRS; Hörmann 1993, The generation of binomial random variates).
    static int Reject(RandomStream random, int count, double chance)
    {
        var (mean, odds) = (count * chance, chance / (1 - chance));
        var spread = Math.Sqrt(mean * (1 - chance));
        var b = 1.15 + 2.53 * spread;
        var a = -0.0873 + 0.0248 * b + 0.01 * chance;
        var alpha = (2.83 + 5.1 / b) * spread;
        var mode = Math.Floor((count + 1) * chance);
        while (true)
        {
            var (u, v) = (random.NextDouble() - 0.5, random.NextDouble());
            var edge = 0.5 - Math.Abs(u);
            var hits = Math.Floor((2 * a / edge + b) * u + mean + 0.5);
            if (edge >= 0.07 && v <= 0.92 - 4.2 / b) return (int)hits;
            if (!(hits >= 0 && hits <= count)) continue;
            var most = (mode + 0.5) * Math.Log((mode + 1) / (odds * (count - mode + 1))) + (count + 1) * Math.Log((count - mode + 1) / (count - hits + 1))
                + (hits + 0.5) * Math.Log(odds * (count - hits + 1) / (hits + 1)) + Rest(mode) + Rest(count - mode) - Rest(hits) - Rest(count - hits);
            if (Math.Log(v * alpha / (a / (edge * edge) + b)) <= most) return (int)hits;
        }
    }

    // What Stirling's formula for n! lacks, as a logarithm: its series for n + 1, and the first values where that is not exact.
    static double Rest(double n) => n switch
    {
        0 => 0.0810614667953272,
        1 => 0.0413406959554092,
        2 => 0.0276779256849983,
        3 => 0.0207906721037650,
        4 => 0.0166446911898211,
        5 => 0.0138761288230707,
        6 => 0.0118967099458917,
        7 => 0.0104112652619720,
        8 => 0.0092554621827127,
        9 => 0.0083305634333631,
        _ => (1.0 / 12 - (1.0 / 360 - 1.0 / 1260 / ((n + 1) * (n + 1))) / ((n + 1) * (n + 1))) / (n + 1),
    };
}

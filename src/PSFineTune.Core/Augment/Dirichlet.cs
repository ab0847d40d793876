namespace PSFineTune.Augment;

/// <summary>Random parts of a whole.</summary>
static class Dirichlet
{
    /// <summary>Parts that sum to 1, by the symmetric Dirichlet distribution; two of them are a Beta distribution and its rest.</summary>
    /// <param name="random">Where numbers come from.</param>
    /// <param name="alpha">Above 0: 1 makes all divisions equally likely, more makes the parts more alike.</param>
    /// <param name="count">Parts, at least 1.</param>
    public static double[] Draw(RandomStream random, double alpha, int count)
    {
        // By logarithm: at a small alpha the numbers themselves may all be too small to be told from 0.
        var parts = new double[count];
        for (var i = 0; i < count; i++) parts[i] = LogGamma(random, alpha);
        var most = parts.Max();
        for (var i = 0; i < count; i++) parts[i] = Math.Exp(parts[i] - most);
        var total = parts.Sum();
        return Array.ConvertAll(parts, part => part / total);
    }

    /// <summary>Logarithm of a number of the Gamma distribution of scale 1 (Marsaglia and Tsang 2000).</summary>
    static double LogGamma(RandomStream random, double shape)
    {
        // Gamma(shape) is Gamma(shape + 1) times uniform ^ (1 / shape).
        if (shape < 1) return LogGamma(random, shape + 1) + Math.Log(1 - random.NextDouble()) / shape;

        var d = shape - 1.0 / 3;
        while (true)
        {
            var normal = random.Normal();
            var root = 1 + normal / Math.Sqrt(9 * d);
            if (root <= 0) continue;
            var v = root * root * root;
            if (Math.Log(1 - random.NextDouble()) < 0.5 * normal * normal + d - d * v + d * Math.Log(v)) return Math.Log(d * v);
        }
    }
}

namespace PSFineTune.Drift;

/// <summary>
/// Whether two groups of samples come from one source, by the energy distance (Székely and Rizzo 2004, Testing for equal
/// distributions in high dimension; 2013, Energy statistics). Every division of the same samples is judged from their
/// distances alone: sums over one group and over each sample are enough for all of it.
/// </summary>
sealed class EnergyTest
{
    readonly PairDistances _distances;
    readonly double[] _sums;
    readonly double _total;
    readonly int _first;

    /// <param name="distances">Of all samples.</param>
    /// <param name="first">How many the first group has; the others are the second. Both have two or more.</param>
    public EnergyTest(PairDistances distances, int first)
    {
        (_distances, _first) = (distances, first);
        _sums = new double[distances.Count];
        for (var row = 0; row < _sums.Length; row++)
            foreach (var distance in distances.Of(row)) _sums[row] += distance;
        _total = _sums.Sum() / 2;
    }

    int Second => _distances.Count - _first;

    /// <summary>n m / (n + m) times the energy distance, and the effect, of the division as it is.</summary>
    public (double Statistic, double Effect) Measure() => Measure([.. Enumerable.Range(0, _distances.Count)]);

    /// <summary>The same, where the first group are the samples at the beginning of an order of all.</summary>
    /// <returns>The statistic as in the paper, by means that count each sample's distance to itself; the effect by means that do not.</returns>
    public (double Statistic, double Effect) Measure(ReadOnlySpan<int> order)
    {
        // The sums of one group tell those of the other: the smaller is less work.
        var small = _first <= Second ? order[.._first] : order[_first..];
        var (within, touching) = (0.0, 0.0);
        for (var i = 0; i < small.Length; i++)
        {
            var row = _distances.Of(small[i]);
            touching += _sums[small[i]];
            for (var j = 0; j < i; j++) within += row[small[j]];
        }
        var between = touching - 2 * within;
        var rest = _total - between - within;
        return Of(within, rest, between, small.Length, _distances.Count - small.Length);
    }

    /// <summary>Where the effect of as many other samples would lie: the bounds that hold a share of it when both groups are drawn anew from themselves.</summary>
    public (double Low, double High) Interval(int resamples, double confidence, int seed, CancellationToken cancel)
    {
        var effects = new double[resamples];
        Parallel.For(0, resamples, new() { CancellationToken = cancel, MaxDegreeOfParallelism = Environment.ProcessorCount }, at => effects[at] = Resampled(RandomStream.For(seed, at, "drift interval")));
        Array.Sort(effects);
        return (Quantile((1 - confidence) / 2), Quantile((1 + confidence) / 2));

        // As numpy.quantile: linear between neighbours.
        double Quantile(double share)
        {
            var place = share * (effects.Length - 1);
            var below = (int)place;
            return effects[below] + (place - below) * (effects[Math.Min(below + 1, effects.Length - 1)] - effects[below]);
        }
    }

    double Resampled(RandomStream random)
    {
        var weights = new int[_distances.Count];
        for (var i = 0; i < _first; i++) weights[random.Below(_first)]++;
        for (var i = 0; i < Second; i++) weights[_first + random.Below(Second)]++;
        int[] drawn = [.. Enumerable.Range(0, weights.Length).Where(row => weights[row] > 0)];
        var (inFirst, inSecond, between) = (0.0, 0.0, 0.0);
        // A sample that was drawn twice is at no distance from itself; such pairs count in neither sum nor mean.
        var (firstPairs, secondPairs) = ((double)_first * _first, (double)Second * Second);
        foreach (var row in drawn)
        {
            var distances = _distances.Of(row);
            var (ones, others) = (0.0, 0.0);
            foreach (var other in drawn)
                if (other < _first) ones += weights[other] * distances[other];
                else others += weights[other] * distances[other];
            if (row < _first)
            {
                inFirst += weights[row] * ones;
                between += weights[row] * others;
                firstPairs -= weights[row] * weights[row];
            }
            else
            {
                inSecond += weights[row] * others;
                secondPairs -= weights[row] * weights[row];
            }
        }
        return Share(Mean(inFirst, firstPairs), Mean(inSecond, secondPairs), between / ((double)_first * Second));
    }

    static (double Statistic, double Effect) Of(double inFirst, double inSecond, double between, double n, double m)
    {
        var apart = between / (n * m);
        var energy = 2 * apart - 2 * inFirst / (n * n) - 2 * inSecond / (m * m);
        return (n * m / (n + m) * energy, Share(Mean(2 * inFirst, n * (n - 1)), Mean(2 * inSecond, m * (m - 1)), apart));
    }

    static double Mean(double sum, double count) => count > 0 ? sum / count : 0;

    // Samples that are all the same are at no distance.
    static double Share(double first, double second, double between) => between > 0 ? 1 - (first + second) / (2 * between) : 0;
}

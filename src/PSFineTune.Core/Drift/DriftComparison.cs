using PSFineTune.Embeddings;
using PSFineTune.Metrics;

namespace PSFineTune.Drift;

/// <summary>Both tests on samples whose features and classes are known, by the same permutations.</summary>
/// <param name="distances">Of all samples, the new ones first.</param>
/// <param name="first">How many are new; two or more, as are the others.</param>
/// <param name="labels">Of the same samples; null where the classes are not known.</param>
/// <param name="settings">How.</param>
sealed class DriftComparison(PairDistances distances, int first, LabelTest? labels, DriftSettings settings)
{
    // Permutations between two looks at the token, and two steps.
    const int Together = 100;

    int _farther, _unlike;

    /// <summary>What came out, all but verdict and reason; once <see cref="Run"/> is through.</summary>
    public DataDrift Result { get; private set; } = new();

    /// <summary>Chance of the classes' shares; once <see cref="Run"/> is through.</summary>
    public double LabelChance => Chance(_unlike);

    /// <summary>Yields how many permutations are done.</summary>
    public IEnumerable<int> Run(CancellationToken cancel)
    {
        var energy = new EnergyTest(distances, first);
        var ((statistic, effect), chi) = (energy.Measure(), labels?.Statistic() ?? 0);
        for (var done = 0; done < settings.Permutations; done += Together)
        {
            yield return done;
            // What differs by rounding alone is as far apart.
            Parallel.For(done, Math.Min(done + Together, settings.Permutations), new() { CancellationToken = cancel, MaxDegreeOfParallelism = Environment.ProcessorCount }, at =>
            {
                var order = RandomStream.For(settings.Seed, at, "drift permutation").Permutation(distances.Count);
                if (energy.Measure(order).Statistic >= statistic * (1 - 1e-12)) Interlocked.Increment(ref _farther);
                if (labels?.Statistic(order) >= chi * (1 - 1e-12)) Interlocked.Increment(ref _unlike);
            });
        }
        yield return settings.Permutations;
        var (low, high) = energy.Interval(settings.Resamples, new Interval().Confidence, settings.Seed, cancel);
        Result = new()
        {
            PValue = Chance(_farther), Statistic = statistic, Effect = effect, EffectInterval = new() { Low = low, High = high },
            MinimumEffect = settings.MinimumEffect ?? Embedder.UsualLeastEffect, Level = settings.Level, Permutations = settings.Permutations, Seed = settings.Seed,
            NewCount = first, ReferenceCount = distances.Count - first,
        };
    }

    // The division as it is counts as one of them, which makes the test exact (Phipson and Smyth 2010).
    double Chance(int asFar) => (1.0 + asFar) / (1 + settings.Permutations);
}

using PSFineTune.Embeddings;
using PSFineTune.Metrics;

namespace PSFineTune.Drift;

/// <summary>How far a comparison is; the last step has the result.</summary>
/// <param name="What">Is being done.</param>
/// <param name="Done">Of <paramref name="Count"/>.</param>
/// <param name="Count">In all.</param>
readonly record struct DriftStep(string What, int Done, int Count)
{
    /// <summary>Of one new sample that cannot be read; the others go on.</summary>
    public FineTuneException? Fault { get; init; }

    public DataDrift? Result { get; init; }
}

/// <summary>Compares new samples with a reference. Pulled: it advances only as its steps are read.</summary>
/// <param name="reference">What with, and by what features.</param>
/// <param name="settings">How.</param>
/// <param name="workspace">Of what is remembered of features.</param>
sealed class DriftMeasure(DriftReference reference, DriftSettings settings, string workspace)
{
    // Permutations between two looks at the token, and two steps.
    const int Together = 100;

    /// <exception cref="FineTuneException">NothingNew; a sample of the reference cannot be read.</exception>
    public IEnumerable<DriftStep> Run(DriftSamples given, CancellationToken cancel)
    {
        settings.Validate();
        using var embedder = reference.NewEmbedder();
        var pass = new EmbeddingPass(embedder, reference.IsText, workspace);
        var old = DriftSamples.Of(reference.Data, reference.Splits).Drawn(settings.MaximumCount, settings.Seed, "drift reference");
        var fresh = given.Drawn(settings.MaximumCount, settings.Seed, "drift new samples");
        var made = new List<Featured>();
        foreach (var part in pass.Run([.. old.Items, .. fresh.Items], cancel))
        {
            foreach (var one in part.Where(one => one.Fault is not null))
                yield return made.Count < old.Items.Count && old.Items.Contains(one.Item) ? throw one.Fault! : new("Reading samples", made.Count, old.Items.Count + fresh.Items.Count) { Fault = one.Fault };
            made.AddRange(part);
            yield return new("Reading samples", made.Count, old.Items.Count + fresh.Items.Count);
        }
        int[] readable = [.. Enumerable.Range(0, fresh.Items.Count).Where(at => made[old.Items.Count + at].Fault is null)];
        if (readable.Length < 2) throw Fault.NothingNew(given.Items.Count);
        // The new samples are the first group.
        List<Featured> all = [.. readable.Select(at => made[old.Items.Count + at]), .. made.Take(old.Items.Count)];
        foreach (var step in Compared(fresh.At(readable), old, all, embedder, cancel)) yield return step;
    }

    IEnumerable<DriftStep> Compared(DriftSamples fresh, DriftSamples old, List<Featured> all, Embedder embedder, CancellationToken cancel)
    {
        var distances = PairDistances.Of(embedder.Scaled([.. all.Select(one => one.Features!)]), cancel);
        var energy = new EnergyTest(distances, fresh.Items.Count);
        var classes = DriftClasses.Of(reference, fresh, old, all);
        var labels = classes?.Test(fresh.Items.Count);
        var ((statistic, effect), chi) = (energy.Measure(), labels?.Statistic() ?? 0);
        var (farther, unlike) = (0, 0);
        for (var done = 0; done < settings.Permutations; done += Together)
        {
            yield return new("Permuting", done, settings.Permutations);
            // What differs by rounding alone is as far apart.
            Parallel.For(done, Math.Min(done + Together, settings.Permutations), new() { CancellationToken = cancel, MaxDegreeOfParallelism = Environment.ProcessorCount }, at =>
            {
                var order = RandomStream.For(settings.Seed, at, "drift permutation").Permutation(distances.Count);
                if (energy.Measure(order).Statistic >= statistic * (1 - 1e-12)) Interlocked.Increment(ref farther);
                if (labels?.Statistic(order) >= chi * (1 - 1e-12)) Interlocked.Increment(ref unlike);
            });
        }
        yield return new("Permuting", settings.Permutations, settings.Permutations);
        var (low, high) = energy.Interval(settings.Resamples, new Interval().Confidence, settings.Seed, cancel);
        var drift = new DataDrift
        {
            PValue = PValue(farther), Statistic = statistic, Effect = effect, EffectInterval = new() { Low = low, High = high },
            MinimumEffect = settings.MinimumEffect, Level = settings.Level, Permutations = settings.Permutations, Seed = settings.Seed,
            NewCount = fresh.Items.Count, ReferenceCount = old.Items.Count,
            Labels = labels is null ? null : classes!.Shift(labels, PValue(unlike), settings.MinimumLabelEffect),
            Model = reference.Model?.Described is { } model ? model.RunId.Length > 0 ? model.RunId : model.Path : null,
            Features = embedder.Name, Reference = reference.Name,
            Farthest = FarSamples.Of(distances, fresh, all, reference, settings.Top),
        };
        yield return new("Comparing", 1, 1) { Result = DriftRule.Judged(drift, settings.MinimumCount) };
    }

    double PValue(int asFar) => (1.0 + asFar) / (1 + settings.Permutations);
}

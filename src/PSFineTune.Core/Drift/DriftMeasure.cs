using PSFineTune.Embeddings;

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
    const string Reading = "Reading samples";

    /// <exception cref="FineTuneException">NothingNew; a sample of the reference cannot be read.</exception>
    public IEnumerable<DriftStep> Run(DriftSamples given, CancellationToken cancel)
    {
        settings.Validate();
        using var embedder = reference.NewEmbedder();
        var pass = new EmbeddingPass(embedder, reference.IsText, workspace);
        var old = DriftSamples.Of(reference.Data, reference.Splits).Drawn(settings.MaximumCount, settings.Seed, "drift reference");
        var fresh = given.Drawn(settings.MaximumCount, settings.Seed, "drift new samples");
        var (made, count) = (new List<Featured>(), old.Items.Count + fresh.Items.Count);
        foreach (var part in pass.Run([.. old.Items, .. fresh.Items], cancel))
        {
            foreach (var one in part)
            {
                // A broken new sample is its own affair; without the reference there is nothing to compare with.
                if (one.Fault is { } fault) yield return made.Count < old.Items.Count ? throw fault : new(Reading, made.Count, count) { Fault = fault };
                made.Add(one);
            }
            yield return new(Reading, made.Count, count);
        }
        int[] readable = [.. Enumerable.Range(0, fresh.Items.Count).Where(at => made[old.Items.Count + at].Fault is null)];
        if (readable.Length < 2) throw Fault.NothingNew(fresh.Items.Count, readable.Length);
        // The new samples are the first group.
        List<Featured> all = [.. readable.Select(at => made[old.Items.Count + at]), .. made.Take(old.Items.Count)];
        foreach (var step in Compared(fresh.At(readable), old, all, embedder, cancel)) yield return step;
    }

    IEnumerable<DriftStep> Compared(DriftSamples fresh, DriftSamples old, List<Featured> all, Embedder embedder, CancellationToken cancel)
    {
        var distances = PairDistances.Of(embedder.Scaled([.. all.Select(one => one.Features!)]), cancel);
        var classes = DriftClasses.Of(reference, fresh, old, all);
        var labels = classes?.Test(fresh.Items.Count);
        var comparison = new DriftComparison(distances, fresh.Items.Count, labels, settings with { MinimumEffect = settings.MinimumEffect ?? embedder.LeastEffect });
        foreach (var done in comparison.Run(cancel)) yield return new("Permuting", done, settings.Permutations);
        var drift = comparison.Result with
        {
            Labels = labels is null ? null : classes!.Shift(labels, comparison.LabelChance, settings.MinimumLabelEffect),
            Model = reference.Model?.Described is { } model ? model.RunId.Length > 0 ? model.RunId : model.Path : null,
            Features = embedder.Name, Reference = reference.Name,
            Farthest = FarSamples.Of(distances, fresh, all, reference, settings.Top),
        };
        yield return new("Comparing", 1, 1) { Result = DriftRule.Judged(drift, settings.MinimumCount) };
    }
}

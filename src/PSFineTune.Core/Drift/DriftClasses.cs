using PSFineTune.Embeddings;

namespace PSFineTune.Drift;

/// <summary>The classes of the samples that are compared: what the model says of all, or else what all are labelled with.</summary>
/// <param name="names">Of the classes.</param>
/// <param name="labels">Of all samples, indices of the names.</param>
/// <param name="predicted">The model says so.</param>
sealed class DriftClasses(IReadOnlyList<string> names, int[] labels, bool predicted)
{
    /// <summary>Null where they are not known on both sides.</summary>
    public static DriftClasses? Of(DriftReference reference, DriftSamples fresh, DriftSamples old, IReadOnlyList<Featured> all)
    {
        if (reference.Model is { } model) return new(model.Described.Classes, [.. all.Select(one => Array.IndexOf(one.Scores!, one.Scores!.Max()))], true);
        if (fresh.Labels is null || old.Labels is null) return null;
        string[] given = [.. fresh.Labels, .. old.Labels];
        string[] names = [.. given.Distinct().Order(StringComparer.Ordinal)];
        return new(names, [.. given.Select(label => Array.IndexOf(names, label))], false);
    }

    /// <param name="first">How many samples are new.</param>
    public LabelTest Test(int first) => new(labels, names.Count, first);

    public LabelShift Shift(LabelTest test, double chance, double minimum)
    {
        var (counts, statistic) = (test.Counts(), test.Statistic());
        var (fresh, old) = (Math.Max(1, counts.Sum(count => count.First)), Math.Max(1, counts.Sum(count => count.Second)));
        return new()
        {
            PValue = chance, Statistic = statistic, Effect = test.Effect(statistic), MinimumEffect = minimum, Predicted = predicted,
            Classes = [.. names.Zip(counts, (name, count) => new ClassShare
            {
                Label = name, NewCount = count.First, ReferenceCount = count.Second, NewShare = (double)count.First / fresh, ReferenceShare = (double)count.Second / old,
            }).OrderByDescending(share => Math.Abs(share.NewShare - share.ReferenceShare))],
        };
    }
}

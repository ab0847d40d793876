using PSFineTune.Data;

namespace PSFineTune.Drift;

/// <summary>One side of a comparison.</summary>
/// <param name="Items">Paths of images, or texts.</param>
/// <param name="Labels">Names of their classes, as many; null where they are not known.</param>
/// <param name="Files">Of texts, the files they came from; null where an item is its own file or has none.</param>
sealed record DriftSamples(IReadOnlyList<string> Items, IReadOnlyList<string>? Labels = null, IReadOnlyList<string?>? Files = null)
{
    /// <summary>Samples of some splits of a dataset.</summary>
    public static DriftSamples Of(Dataset data, IEnumerable<Split> splits)
    {
        int[] rows = [.. splits.SelectMany(data.RowsOf).Order()];
        return new([.. rows.Select(data.ItemAt)], [.. rows.Select(row => data.Classes[data.LabelAt(row)])]);
    }

    /// <summary>So many of them, drawn; all where there are no more.</summary>
    public DriftSamples Drawn(int most, int seed, string purpose)
    {
        if (Items.Count <= most) return this;
        int[] rows = [.. RandomStream.For(seed, 0, purpose).Permutation(Items.Count).Take(most).Order()];
        return At(rows);
    }

    public DriftSamples At(IReadOnlyList<int> rows) => new(
        [.. rows.Select(row => Items[row])], Labels is null ? null : [.. rows.Select(row => Labels[row])], Files is null ? null : [.. rows.Select(row => Files[row])]);
}

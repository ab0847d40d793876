using PSFineTune.Data;

namespace PSFineTune.Drift;

/// <summary>One side of a comparison.</summary>
/// <param name="Items">Paths of images, or texts.</param>
/// <param name="Labels">Names of their classes, as many; null where they are not known.</param>
/// <param name="Files">Of texts, the files they came from; null where an item is its own file or has none.</param>
sealed record DriftSamples(IReadOnlyList<string> Items, IReadOnlyList<string>? Labels = null, IReadOnlyList<string?>? Files = null)
{
    /// <summary>Samples of some splits of a dataset, each read when it is asked for: a million texts are not held to draw a thousand.</summary>
    public static DriftSamples Of(Dataset data, IEnumerable<Split> splits)
    {
        int[] rows = [.. splits.SelectMany(data.RowsOf).Order()];
        return new(new Asked(rows, data.ItemAt), new Asked(rows, row => data.Classes[data.LabelAt(row)]));
    }

    /// <summary>So many of them, drawn and then read; all where there are no more.</summary>
    public DriftSamples Drawn(int most, int seed, string purpose)
    {
        var rows = Enumerable.Range(0, Items.Count);
        return At([.. Items.Count <= most ? rows : RandomStream.For(seed, 0, purpose).Permutation(Items.Count).Take(most).Order()]);
    }

    public DriftSamples At(IReadOnlyList<int> rows) => new(
        [.. rows.Select(row => Items[row])], Labels is null ? null : [.. rows.Select(row => Labels[row])], Files is null ? null : [.. rows.Select(row => Files[row])]);

    sealed class Asked(int[] rows, Func<int, string> at) : IReadOnlyList<string>
    {
        public int Count => rows.Length;

        public string this[int index] => at(rows[index]);

        public IEnumerator<string> GetEnumerator() => rows.Select(at).GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}

namespace PSFineTune.Data;

/// <summary>Labelled samples with their splits, held as columns: row i of every column is sample i.</summary>
public abstract class Dataset
{
    /// <summary>In ordinal order; a label is an index into it.</summary>
    public abstract IReadOnlyList<string> Classes { get; }

    public abstract int Count { get; }

    /// <summary>SHA-256 over classes and every sample's content, label and split.</summary>
    public abstract string Fingerprint { get; }

    /// <summary>How to find these data again; what a plan keeps.</summary>
    public abstract DatasetReference Reference { get; }

    /// <summary>How many of the reference's exclusions name nothing that was found.</summary>
    internal int UnmetExclusions { get; init; }

    /// <summary>Samples of each class in each split, in the order of <see cref="Classes"/>.</summary>
    public IReadOnlyList<ClassCount> ClassCounts => CountAll();

    public IReadOnlyList<Sample> Train => new SampleView(this, Split.Train);

    public IReadOnlyList<Sample> Validation => new SampleView(this, Split.Validation);

    public IReadOnlyList<Sample> Test => new SampleView(this, Split.Test);

    internal abstract Sample SampleAt(int row);

    /// <summary>What a model is given of a row: a file's full path, or a text.</summary>
    internal virtual string ItemAt(int row) => SampleAt(row).Item;

    /// <summary>Index into <see cref="Classes"/>.</summary>
    internal abstract int LabelAt(int row);

    internal abstract Split SplitAt(int row);

    /// <summary>What the sample hangs together with; null where no groups were asked for.</summary>
    internal virtual string? GroupAt(int row) => SampleAt(row).Group;

    /// <summary>Key of the sample's random streams.</summary>
    internal abstract ulong KeyAt(int row);

    /// <summary>SHA-256 of the sample's content.</summary>
    internal abstract ReadOnlySpan<byte> HashAt(int row);

    /// <summary>Rows of a split, ascending.</summary>
    internal int[] RowsOf(Split split) => [.. Enumerable.Range(0, Count).Where(row => SplitAt(row) == split)];

    ClassCount[] CountAll()
    {
        var counts = new int[Classes.Count, 3];
        for (var row = 0; row < Count; row++) counts[LabelAt(row), (int)SplitAt(row)]++;
        return [.. Classes.Select((name, label) => new ClassCount
        {
            Label = name,
            Train = counts[label, (int)Split.Train],
            Validation = counts[label, (int)Split.Validation],
            Test = counts[label, (int)Split.Test],
        })];
    }
}

/// <summary>The samples of one split as a list, each made when asked for.</summary>
sealed class SampleView(Dataset dataset, Split split) : IReadOnlyList<Sample>
{
    readonly int[] _rows = dataset.RowsOf(split);

    public int Count => _rows.Length;

    public Sample this[int index] => dataset.SampleAt(_rows[index]);

    public IEnumerator<Sample> GetEnumerator() => _rows.Select(dataset.SampleAt).GetEnumerator();

    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
}

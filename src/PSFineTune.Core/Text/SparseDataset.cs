using PSFineTune.Data;
using PSFineTune.Text.Terms;

namespace PSFineTune.Text;

/// <summary>Labelled samples as sparse numbers: what a file of LIBSVM holds.</summary>
public sealed class SparseDataset
{
    internal SparseDataset(string path, SparseRows rows, double[] labels, int width) => (Path, Rows, Labels, Width) = (path, rows, labels, Math.Max(width, rows.Width));

    /// <summary>The file they were read from.</summary>
    public string Path { get; }

    /// <summary>Samples.</summary>
    public int Count => Rows.Count;

    /// <summary>Features: the highest index.</summary>
    public int Width { get; }

    /// <summary>Values that are not 0.</summary>
    public long Stored => Rows.Stored;

    /// <summary>Labels that there are, ascending, with their samples.</summary>
    public IReadOnlyList<LabelCount> LabelCounts =>
        Labels.GroupBy(label => label).OrderBy(group => group.Key).Select(group => new LabelCount { Label = group.Key, Count = group.Count() }).ToArray();

    internal SparseRows Rows { get; }

    /// <summary>By row.</summary>
    internal double[] Labels { get; }

    /// <summary>Texts by the terms of their training split.</summary>
    internal static SparseDataset Of(Dataset data, Split split, TextPipeline pipeline, CancellationToken cancel)
    {
        pipeline.Validate();
        return Of(data, split, TextVectorizer.Fit(pipeline.For(data), data, data.RowsOf(Split.Train), cancel).Vectorizer, cancel);
    }

    /// <summary>Texts by terms that are known.</summary>
    /// <exception cref="FineTuneException">NoSamples.</exception>
    internal static SparseDataset Of(Dataset data, Split split, TextVectorizer terms, CancellationToken cancel)
    {
        var rows = data.RowsOf(split);
        return rows.Length == 0 ? throw Fault.NoSamples(split.ToString(), data.Reference.Root)
            : new(data.Reference.Root, terms.Rows(data, rows, cancel), Array.ConvertAll(rows, row => (double)data.LabelAt(row)), terms.Index.Width);
    }

    /// <summary>A sample.</summary>
    /// <param name="index">0 to one less than <see cref="Count"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sample.</exception>
    public SparseSample Sample(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        return new() { Label = Labels[index], Indices = [.. Rows.Columns(index).ToArray().Select(column => column + 1)], Values = Rows.Values(index).ToArray() };
    }

    /// <summary>All samples, each made when asked for.</summary>
    public IEnumerable<SparseSample> Samples() => Enumerable.Range(0, Count).Select(Sample);
}

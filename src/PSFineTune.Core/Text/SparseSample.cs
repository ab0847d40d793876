namespace PSFineTune.Text;

/// <summary>One sample of a <see cref="SparseDataset"/>.</summary>
public sealed record SparseSample
{
    /// <summary>As the file has it.</summary>
    public double Label { get; init; }

    /// <summary>Features whose value is not 0, ascending from 1.</summary>
    public int[] Indices { get; init; } = [];

    /// <summary>As the indices.</summary>
    public double[] Values { get; init; } = [];
}

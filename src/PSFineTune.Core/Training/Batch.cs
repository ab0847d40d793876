namespace PSFineTune.Training;

/// <summary>Samples on their way to a model: named inputs filled in place, and what is known of each sample.</summary>
/// <param name="capacity">Most samples it holds.</param>
/// <param name="classes">Count of classes.</param>
/// <param name="inputs">By name, such as pixels.</param>
sealed class Batch(int capacity, int classes, IReadOnlyDictionary<string, Block> inputs)
{
    /// <summary>Samples it holds now.</summary>
    public int Count { get; set; }

    /// <summary>The samples' rows in their dataset.</summary>
    public int[] Rows { get; } = new int[capacity];

    /// <summary>Class probabilities, capacity x classes.</summary>
    public float[] Targets { get; } = new float[capacity * classes];

    /// <summary>Weight of each sample in the loss, 1 unless said otherwise.</summary>
    public float[] Weights { get; } = Enumerable.Repeat(1f, capacity).ToArray();

    public IReadOnlyDictionary<string, Block> Inputs => inputs;

    public int Classes => classes;

    /// <summary>Mixes a sample's target with another class.</summary>
    /// <param name="slot">Of the sample.</param>
    /// <param name="label">The other class.</param>
    /// <param name="share">What stays of the target, 0 to 1.</param>
    public void MixLabel(int slot, int label, double share)
    {
        var target = Targets.AsSpan(slot * classes, classes);
        foreach (ref var part in target) part *= (float)share;
        target[label] += (float)(1 - share);
    }

    /// <summary>Makes a sample's target its one class.</summary>
    public void SetLabel(int slot, int label)
    {
        var target = Targets.AsSpan(slot * classes, classes);
        target.Clear();
        target[label] = 1;
    }
}

/// <summary>One input of a batch: samples of one shape, one after the other.</summary>
/// <param name="values">float[] for pixels, long[] for tokens.</param>
/// <param name="shape">Of one sample.</param>
sealed class Block(Array values, long[] shape)
{
    public Array Values => values;

    public long[] Shape => shape;

    public Span<T> Slot<T>(int slot)
    {
        var size = (int)shape.Aggregate(1L, (product, side) => product * side);
        return ((T[])values).AsSpan(slot * size, size);
    }
}

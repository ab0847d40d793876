using PSFineTune.Augment;

namespace PSFineTune.Training.Frozen;

/// <summary>What frozen layers made of a few samples, in memory: for steps of which nothing is to be written.</summary>
sealed class HeldOutputs : ILayerOutputs
{
    readonly Dictionary<int, (float[] Values, float[] Targets)> _samples = [];

    public int View => 1;

    public long[] Shape { get; private set; } = [];

    public bool Has(int row) => _samples.ContainsKey(row);

    /// <summary>Keeps what became of a batch.</summary>
    public void Add(Batch batch, float[] values, long[] shape)
    {
        Shape = shape;
        var (size, classes) = (values.Length / batch.Count, batch.Classes);
        for (var i = 0; i < batch.Count; i++)
            _samples[batch.Rows[i]] = (values[(i * size)..((i + 1) * size)], batch.Targets[(i * classes)..((i + 1) * classes)]);
    }

    /// <summary>As it was added, whatever the view: its numbers are others, its time is not.</summary>
    public void Read(int row, DrawKey? draw, Span<float> values, Span<float> targets)
    {
        var sample = _samples[row];
        sample.Values.CopyTo(values);
        sample.Targets.CopyTo(targets);
    }
}

using PSFineTune.Augment;

namespace PSFineTune.Training.Frozen;

/// <summary>One view of every sample of a split, from its file.</summary>
/// <param name="file">Of the view.</param>
/// <param name="views">That epochs take turns with.</param>
sealed class ViewOutputs(OutputFile file, int views) : ILayerOutputs
{
    public int Views => views;

    public long[] Shape => file.Shape;

    public void Read(int row, DrawKey? draw, Span<float> values, Span<float> targets) => file.Read(row, values, targets);
}

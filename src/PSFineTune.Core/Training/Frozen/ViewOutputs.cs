using PSFineTune.Augment;

namespace PSFineTune.Training.Frozen;

/// <summary>One view of every sample of a split, from its file.</summary>
/// <param name="file">Of the view.</param>
/// <param name="view">From 1; 0 for the plain one.</param>
sealed class ViewOutputs(OutputFile file, int view) : ILayerOutputs
{
    public int View => view;

    public long[] Shape => file.Shape;

    public void Read(int row, DrawKey? draw, Span<float> values, Span<float> targets) => file.Read(row, values, targets);
}

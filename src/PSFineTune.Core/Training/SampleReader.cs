using PSFineTune.Augment;

namespace PSFineTune.Training;

/// <summary>Turns a row of a dataset into a model's input, on any thread.</summary>
abstract class SampleReader
{
    public abstract Batch NewBatch(int capacity);

    /// <summary>Fills one slot of a batch.</summary>
    /// <param name="row">Of the dataset.</param>
    /// <param name="draw">Whose randomness varies the sample; null for the plain one.</param>
    /// <param name="batch">Where to.</param>
    /// <param name="slot">From 0.</param>
    public abstract void Read(int row, DrawKey? draw, Batch batch, int slot);
}

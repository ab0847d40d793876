using PSFineTune.Augment;

namespace PSFineTune.Training.Frozen;

/// <summary>What frozen layers made of samples.</summary>
interface ILayerOutputs
{
    /// <summary>Which view of the samples they are of, from 1; 0 for the plain one.</summary>
    int View { get; }

    /// <summary>Of one sample.</summary>
    long[] Shape { get; }

    /// <summary>Reads one sample's values and classes; from any thread.</summary>
    /// <param name="row">Of the dataset.</param>
    /// <param name="draw">Whose view it is; null for the plain one.</param>
    /// <param name="values">Filled.</param>
    /// <param name="targets">Filled: class probabilities.</param>
    void Read(int row, DrawKey? draw, Span<float> values, Span<float> targets);
}

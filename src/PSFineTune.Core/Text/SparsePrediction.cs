using PSFineTune.Text.Svm;

namespace PSFineTune.Text;

/// <summary>What a model of LIBSVM says of a sample.</summary>
public sealed record SparsePrediction
{
    /// <summary>Of the sample, from 0.</summary>
    public int Index { get; init; }

    /// <summary>As the samples' file has it.</summary>
    public double Label { get; init; }

    /// <summary>As the model's file has it.</summary>
    public int Predicted { get; init; }

    /// <summary>One a sample, in their order.</summary>
    internal static IEnumerable<SparsePrediction> Of(SupportVectors model, SparseDataset data, CancellationToken cancel) =>
        Enumerable.Range(0, data.Count).AsParallel().AsOrdered().WithCancellation(cancel)
            .Select(row => new SparsePrediction { Index = row, Label = data.Labels[row], Predicted = model.Predict(data.Rows.Columns(row), data.Rows.Values(row)) });
}

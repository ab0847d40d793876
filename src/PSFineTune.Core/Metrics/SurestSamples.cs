using System.Runtime.InteropServices;

namespace PSFineTune.Metrics;

/// <summary>Keeps for each cell of the confusion matrix the samples that the model is surest of.</summary>
/// <param name="each">How many a cell.</param>
sealed class SurestSamples(int each)
{
    readonly Dictionary<(int Label, int Predicted), List<SampleLoss>> _cells = [];

    public void Add(int label, int predicted, SampleLoss sample)
    {
        if (each == 0) return;
        var kept = CollectionsMarshal.GetValueRefOrAddDefault(_cells, (label, predicted), out _) ??= [];
        // Of equally sure ones the earlier stays.
        if (kept.Count == each && kept[^1].Confidence >= sample.Confidence) return;
        var at = kept.FindIndex(other => other.Confidence < sample.Confidence);
        kept.Insert(at < 0 ? kept.Count : at, sample);
        if (kept.Count > each) kept.RemoveAt(each);
    }

    /// <summary>Surest first.</summary>
    public IReadOnlyList<SampleLoss> Of(int label, int predicted) => _cells.GetValueOrDefault((label, predicted)) ?? [];
}

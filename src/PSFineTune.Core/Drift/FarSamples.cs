using PSFineTune.Embeddings;
using PSFineTune.Metrics;

namespace PSFineTune.Drift;

/// <summary>Which new samples lie farthest from the reference, by the mean distance to the nearest few of it.</summary>
static class FarSamples
{
    const int Nearest = 5;

    /// <param name="distances">Of all samples, the new ones first.</param>
    /// <param name="fresh">The new ones.</param>
    /// <param name="all">In the order of the distances.</param>
    /// <param name="reference">Whose classes and kind count.</param>
    /// <param name="top">At most so many.</param>
    public static IReadOnlyList<FarSample> Of(PairDistances distances, DriftSamples fresh, IReadOnlyList<Featured> all, DriftReference reference, int top)
    {
        var first = fresh.Items.Count;
        double[] away = [.. Enumerable.Range(0, distances.Count).AsParallel().AsOrdered().Select(row => Mean(distances.Of(row)[first..], row - first))];
        var usual = Usual([.. away[first..].Order()]);
        return [.. Enumerable.Range(0, first).OrderByDescending(row => away[row]).ThenBy(row => row).Take(top).Select(row => new FarSample
        {
            Path = reference.IsText ? fresh.Files?[row] : fresh.Items[row], Text = reference.IsText ? fresh.Items[row] : null, Distance = away[row] > 0 ? away[row] / usual : 0,
            Predicted = reference.Model is { } model ? model.Described.Classes[Array.IndexOf(all[row].Scores!, all[row].Scores!.Max())] : null,
            // Features are remembered with the scores as they were before any temperature.
            Confidence = all[row].Scores is { } scores ? TemperatureScaling.Scale(scores, reference.Model?.Described.Temperature ?? 1).Max() : null,
        })];
    }

    // Copies are at no distance: where they are the most, the others tell what is usual. Where there are no others, whatever is not a copy lies infinitely far.
    static double Usual(double[] sorted) => sorted[sorted.Length / 2] is > 0 and var median ? median : sorted.Where(value => value > 0).ToArray() is { Length: > 0 } apart ? apart[apart.Length / 2] : 0;

    // A sample of the reference is not its own neighbour.
    static double Mean(ReadOnlySpan<double> distances, int own)
    {
        var sorted = distances.ToArray();
        if (own >= 0) sorted[own] = double.PositiveInfinity;
        Array.Sort(sorted);
        var nearest = sorted.Take(Math.Min(Nearest, own >= 0 ? sorted.Length - 1 : sorted.Length)).ToArray();
        return nearest.Length > 0 ? nearest.Average() : 0;
    }
}

using System.Globalization;
using PSFineTune.Data;
using PSFineTune.Metrics;

namespace PSFineTune.Packaging;

/// <summary>The temperature of a model, fitted on validation samples.</summary>
static class Calibration
{
    // One number is known well enough from these, spread over all samples.
    const int Samples = 10_000;

    const int Few = 50;

    /// <summary>Yields how many samples are read, and at the end what they show.</summary>
    /// <exception cref="FineTuneException">NoSamples, where there are no validation samples; a class the model does not know, or a sample that cannot be read.</exception>
    public static IEnumerable<(int Done, int Count, double? Temperature)> Of(TrainedModel model, Dataset data, CancellationToken cancel)
    {
        var all = LabelledScores.Of(model, data, Split.Validation);
        var samples = all with { Rows = [.. Spread(all.Rows)] };
        List<(int Label, float[] Scores)> read = [];
        foreach (var (_, label, scores) in samples.Read(cancel))
        {
            read.Add((label, scores));
            if (read.Count % LabelledScores.Step == 0) yield return (read.Count, samples.Rows.Length, null);
        }
        yield return (read.Count, read.Count, Fit(read, cancel));
    }

    /// <summary>The same of scores that are known; of more than are needed those are taken that <see cref="Of"/> takes.</summary>
    public static double Fit(IReadOnlyList<(int Label, float[] Scores)> read, CancellationToken cancel)
    {
        var chosen = Spread(read).ToList();
        return TemperatureScaling.Fit([.. chosen.Select(one => one.Scores)], [.. chosen.Select(one => one.Label)], cancel);
    }

    /// <summary>Why a temperature is not to be trusted; null where nothing speaks against it.</summary>
    public static string? Doubt(double temperature, Dataset data) =>
        temperature is <= TemperatureScaling.Least or >= TemperatureScaling.Most
            ? string.Create(CultureInfo.InvariantCulture, $"The temperature {temperature:0.##} is the end of what is tried: the validation samples tell nothing of how sure the model should be.")
            : data.RowsOf(Split.Validation).Length is var count and < Few ? $"The temperature is fitted on {count} validation samples; fewer than {Few} tell little." : null;

    static IEnumerable<T> Spread<T>(IReadOnlyList<T> all)
    {
        var step = 1 + (all.Count - 1) / Samples;
        return all.Where((_, at) => at % step == 0);
    }
}

namespace PSFineTune.Metrics;

/// <summary>
/// Percentile intervals from samples drawn again with replacement (Efron 1979, Bootstrap methods: another look at the
/// jackknife). Accuracy and F1 know no sample but its cell of the confusion matrix, so a resample is a multinomial draw of the cells.
/// </summary>
static class Bootstrap
{
    const double Confidence = 0.95;

    // A cell of fewer samples is drawn faster one by one.
    const int Large = 32;

    /// <param name="tally">At least one sample.</param>
    /// <param name="resamples">How many; 0 for no interval.</param>
    /// <param name="seed">Of all draws; a resample has its own stream, so threads change nothing.</param>
    /// <param name="cancel">Checked for each resample.</param>
    public static (Interval Accuracy, Interval MacroF1) Of(ConfusionTally tally, int resamples, int seed, CancellationToken cancel)
    {
        var cells = tally.Cells;
        var large = cells.Where(cell => cell.Count >= Large).ToArray();
        var small = cells.Where(cell => cell.Count < Large).SelectMany(cell => Enumerable.Repeat((cell.Label, cell.Predicted), cell.Count)).ToArray();
        var (accuracies, scores) = (new double[resamples], new double[resamples]);
        Parallel.For(0, resamples, new() { CancellationToken = cancel }, () => new Margins(tally.Classes), (resample, _, margins) =>
        {
            margins.Clear();
            Draw(RandomStream.For(seed, resample, "bootstrap"), tally.Count, large, small, margins);
            (accuracies[resample], scores[resample]) = (margins.Accuracy, margins.MacroF1);
            return margins;
        }, _ => { });
        var margins = tally.Margins;
        return (Between(accuracies, margins.Accuracy), Between(scores, margins.MacroF1));
    }

    /// <summary>Of a share of samples.</summary>
    public static Interval Share(int hits, int count, int resamples, RandomStream random) =>
        Between([.. Enumerable.Range(0, resamples).Select(_ => Binomial.Draw(random, count, hits / (double)count) / (double)count)], hits / (double)count);

    // Cell after cell a binomial of what is left; what falls to the small ones is dealt to them.
    static void Draw(RandomStream random, int count, (int Label, int Predicted, int Count)[] large, (int Label, int Predicted)[] small, Margins margins)
    {
        var (left, rest) = (count, count);
        foreach (var cell in large)
        {
            var drawn = Binomial.Draw(random, left, cell.Count / (double)rest);
            margins.Add(cell.Label, cell.Predicted, drawn);
            left -= drawn;
            rest -= cell.Count;
        }
        for (; left > 0; left--)
        {
            var (label, predicted) = small[random.Below(small.Length)];
            margins.Add(label, predicted, 1);
        }
    }

    /// <summary>The percentiles of measures of resamples. These lack some rare classes, which may put the whole range on one side of the measure: it is widened to hold it.</summary>
    /// <param name="values">Sorted here; none for no interval.</param>
    /// <param name="measure">Of the samples themselves.</param>
    /// <param name="confidence">Above 0 and below 1.</param>
    public static Interval Between(double[] values, double measure, double confidence = Confidence)
    {
        if (values.Length == 0) return new() { Confidence = confidence };
        Array.Sort(values);
        return new() { Low = Math.Min(measure, At((1 - confidence) / 2)), High = Math.Max(measure, At((1 + confidence) / 2)), Confidence = confidence };

        double At(double share)
        {
            var place = share * (values.Length - 1);
            var below = (int)place;
            return below + 1 == values.Length ? values[below] : values[below] + (place - below) * (values[below + 1] - values[below]);
        }
    }
}

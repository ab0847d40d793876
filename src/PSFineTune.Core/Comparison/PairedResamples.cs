using PSFineTune.Metrics;

namespace PSFineTune.Comparison;

/// <summary>What was found by drawing samples again, and by exchanging the models' answers.</summary>
/// <param name="Gain">Of the challenger's metric over the champion's.</param>
/// <param name="Champion">The champion's metric.</param>
/// <param name="Challenger">The challenger's metric.</param>
/// <param name="Deviation">Standard deviation of the gain over the draws.</param>
readonly record struct ResampledGain(Interval Gain, Interval Champion, Interval Challenger, double Deviation);

/// <summary>
/// Two models on the same samples, drawn again: of each class as many as there are, always with what both models said of
/// them. Metrics know no sample but its cell, so a draw is a multinomial one of the cells of a class.
/// </summary>
sealed class PairedResamples(PairedOutcomes outcomes, ComparisonSettings settings)
{
    // A cell of fewer samples is drawn faster one by one.
    const int Large = 32;

    readonly PairedCell[] _cells = outcomes.Cells;

    /// <summary>Of margins that are not empty, 0 to 1.</summary>
    public static double Measure(Margins margins, ComparedMetric metric) => metric == ComparedMetric.Accuracy ? margins.Accuracy : margins.MacroF1;

    /// <summary>Percentile intervals (Efron 1979). A draw has its own stream, so threads change nothing.</summary>
    public ResampledGain Draw(CancellationToken cancel)
    {
        var strata = _cells.GroupBy(cell => cell.Label).Select(cells => new Stratum([.. cells])).ToArray();
        var (champions, challengers) = (new double[settings.Resamples], new double[settings.Resamples]);
        Run((draw, champion, challenger) =>
        {
            var random = RandomStream.For(settings.Seed, draw, "paired bootstrap");
            foreach (var stratum in strata) stratum.Draw(random, champion, challenger);
            (champions[draw], challengers[draw]) = (Measure(champion, settings.Metric), Measure(challenger, settings.Metric));
        }, cancel);
        double[] gains = [.. challengers.Zip(champions, (challenger, champion) => challenger - champion)];
        var mean = gains.Average();
        var deviation = Math.Sqrt(gains.Sum(gain => (gain - mean) * (gain - mean)) / gains.Length);
        var (one, other) = Observed();
        return new(Between(gains, other - one), Between(champions, one), Between(challengers, other), deviation);

        Interval Between(double[] values, double measure) => Bootstrap.Between(values, measure, 1 - settings.Level);
    }

    /// <summary>
    /// How often the metrics lie as far apart where each sample's two answers are exchanged or not by the toss of a coin, which
    /// changes nothing where the models are as good as each other (Noreen 1989; Yeh 2000, More accurate tests for the
    /// statistical significance of result differences). The answers as they are count as one (Phipson and Smyth 2010). Of
    /// accuracy this is McNemar's test, which is exact without draws.
    /// </summary>
    public double Exchange(CancellationToken cancel)
    {
        if (settings.Metric == ComparedMetric.Accuracy) return outcomes.CountsOf().PValue;
        var (one, other) = Observed();
        var (apart, asFar) = (Math.Abs(other - one), 0);
        Run((draw, champion, challenger) =>
        {
            var random = RandomStream.For(settings.Seed, draw, "paired exchange");
            foreach (var cell in _cells)
            {
                var exchanged = cell.Champion == cell.Challenger ? 0 : Binomial.Draw(random, cell.Count, 0.5);
                champion.Add(cell.Label, cell.Champion, cell.Count - exchanged);
                champion.Add(cell.Label, cell.Challenger, exchanged);
                challenger.Add(cell.Label, cell.Challenger, cell.Count - exchanged);
                challenger.Add(cell.Label, cell.Champion, exchanged);
            }
            // What differs by rounding alone is as far apart.
            if (Math.Abs(Measure(challenger, settings.Metric) - Measure(champion, settings.Metric)) >= apart - 1e-12) Interlocked.Increment(ref asFar);
        }, cancel);
        return (1.0 + asFar) / (1 + settings.Resamples);
    }

    (double Champion, double Challenger) Observed() => outcomes.Margins() is var margins ? (Measure(margins.Champion, settings.Metric), Measure(margins.Challenger, settings.Metric)) : default;

    void Run(Action<int, Margins, Margins> draw, CancellationToken cancel) =>
        Parallel.For(0, settings.Resamples, new() { CancellationToken = cancel, MaxDegreeOfParallelism = Environment.ProcessorCount }, () => (Champion: new Margins(outcomes.Classes.Count), Challenger: new Margins(outcomes.Classes.Count)), (at, _, margins) =>
        {
            margins.Champion.Clear();
            margins.Challenger.Clear();
            draw(at, margins.Champion, margins.Challenger);
            return margins;
        }, _ => { });

    // The cells of a class: of large ones a binomial of what is left, one after the other; what falls to the small ones is dealt to them.
    sealed class Stratum(PairedCell[] cells)
    {
        readonly PairedCell[] _large = [.. cells.Where(cell => cell.Count >= Large)];
        readonly PairedCell[] _small = [.. cells.Where(cell => cell.Count < Large).SelectMany(cell => Enumerable.Repeat(cell with { Count = 1 }, cell.Count))];
        readonly int _count = cells.Sum(cell => cell.Count);

        public void Draw(RandomStream random, Margins champion, Margins challenger)
        {
            var (left, rest) = (_count, _count);
            foreach (var cell in _large)
            {
                var drawn = Binomial.Draw(random, left, cell.Count / (double)rest);
                Put(cell, drawn);
                left -= drawn;
                rest -= cell.Count;
            }
            for (; left > 0; left--) Put(_small[random.Below(_small.Length)], 1);

            void Put(PairedCell cell, int count)
            {
                champion.Add(cell.Label, cell.Champion, count);
                challenger.Add(cell.Label, cell.Challenger, count);
            }
        }
    }
}

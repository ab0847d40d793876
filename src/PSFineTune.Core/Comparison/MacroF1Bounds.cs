using PSFineTune.Metrics;

namespace PSFineTune.Comparison;

/// <summary>
/// How far macro-F1 may lie from what was found, where classes are small. Draws of the samples know nothing of mistakes that did
/// not happen among the few samples of a class, which weigh as much as all others there. So the spread is taken from the
/// influence of each sample on the metric (the infinitesimal jackknife: Jaeckel 1972; Efron 1982), and to each class is added a
/// sample on which only the first model is wrong and one on which only the second is, as Bonett and Price do (2012, Adjusted Wald
/// confidence interval for a difference of binomial proportions based on paired data). Of a class without samples nothing is known.
/// How often bounds so found fail is in docs/comparison.md.
/// </summary>
sealed class MacroF1Bounds
{
    readonly PairedOutcomes _outcomes;
    readonly double _confidence;
    readonly Influence _champion;
    readonly Influence _challenger;
    readonly int[] _known;

    MacroF1Bounds(PairedOutcomes outcomes, double confidence)
    {
        (_outcomes, _confidence) = (outcomes, confidence);
        var (champion, challenger) = outcomes.Margins();
        _known = [.. Enumerable.Range(0, outcomes.Classes.Count).Where(label => champion.Support[label] > 0)];
        (_champion, _challenger) = (new(champion, _known), new(challenger, _known));
    }

    /// <summary>The same found, with intervals that know of small classes; those of accuracy as they are.</summary>
    /// <param name="drawn">Of the samples.</param>
    /// <param name="outcomes">At least one sample.</param>
    /// <param name="settings">Metric and level.</param>
    public static ResampledGain Widened(ResampledGain drawn, PairedOutcomes outcomes, ComparisonSettings settings)
    {
        if (settings.Metric == ComparedMetric.Accuracy) return drawn;
        var bounds = new MacroF1Bounds(outcomes, 1 - settings.Level);
        var deviation = bounds.GainDeviation();
        return new(Hull(drawn.Gain, bounds.Gain(deviation)), Hull(drawn.Champion, bounds.Of(bounds._champion, cell => cell.Champion)),
            Hull(drawn.Challenger, bounds.Of(bounds._challenger, cell => cell.Challenger)), Math.Max(drawn.Deviation, deviation));
    }

    static Interval Hull(Interval one, Interval other) => one with { Low = Math.Min(one.Low, other.Low), High = Math.Max(one.High, other.High) };

    double GainDeviation()
    {
        var variance = _outcomes.Cells.Sum(cell => cell.Count * Square(_challenger.Of(cell.Label, cell.Challenger) - _champion.Of(cell.Label, cell.Champion)));
        foreach (var label in _known)
            variance += Others(label).Average(wrong => Square(_challenger.Of(label, wrong) - _champion.Of(label, label)) + Square(_challenger.Of(label, label) - _champion.Of(label, wrong)));
        return Math.Sqrt(variance);
    }

    // Two-sided and normal.
    Interval Gain(double deviation)
    {
        var (gain, far) = (_challenger.Mean - _champion.Mean, -NormalLaw.Quantile((1 - _confidence) / 2));
        return Whole(new() { Low = Math.Max(-1, gain - far * deviation), High = Math.Min(1, gain + far * deviation), Confidence = _confidence }, -1);
    }

    /// <summary>
    /// As of a share of so many samples as would have this spread (Korn and Graubard 1998, Confidence intervals for proportions
    /// with small expected number of positive counts estimated from survey data). To each class a sample is added that is right, and one that is wrong.
    /// </summary>
    Interval Of(Influence model, Func<PairedCell, int> answer)
    {
        var variance = _outcomes.Cells.Sum(cell => cell.Count * Square(model.Of(cell.Label, answer(cell))));
        foreach (var label in _known) variance += Square(model.Of(label, label)) + Others(label).Average(wrong => Square(model.Of(label, wrong)));
        var count = model.MeanWithBoth * (1 - model.MeanWithBoth) / variance;
        return Whole(BinomialLaw.Share(Math.Min(model.Mean, 1) * count, count, _confidence), 0);
    }

    // Classes without samples may be as bad as can be, and as good.
    Interval Whole(Interval known, double worst)
    {
        var (share, unknown) = (_known.Length / (double)_outcomes.Classes.Count, 1 - _known.Length / (double)_outcomes.Classes.Count);
        return known with { Low = share * known.Low + unknown * worst, High = share * known.High + unknown };
    }

    // Of a single class a wrong answer is one of none.
    IEnumerable<int> Others(int label) => _known.Length == 1 ? [-1] : _known.Where(other => other != label);

    static double Square(double value) => value * value;

    /// <summary>By how much a sample of some class and answer changes the mean F1 of the classes that have samples.</summary>
    sealed class Influence(Margins margins, int[] known)
    {
        readonly double[] _f1 = [.. margins.Support.Select((support, label) => support > 0 ? margins.F1(label) : 0)];

        // 0 for classes that do not count.
        readonly double[] _weight = [.. margins.Support.Select((support, label) => support > 0 ? 1.0 / known.Length / (support + margins.Predicted[label]) : 0)];

        public double Mean { get; } = known.Average(margins.F1);

        /// <summary>Where each class has one more right and one more wrong sample.</summary>
        public double MeanWithBoth { get; } = known.Average(label => 2.0 * (margins.Hits[label] + 1) / (margins.Support[label] + margins.Predicted[label] + 4));

        /// <param name="label">One that counts.</param>
        /// <param name="answer">-1 for none of the classes.</param>
        public double Of(int label, int answer) =>
            answer == label ? (2 - 2 * _f1[label]) * _weight[label] : -_f1[label] * _weight[label] - (answer < 0 ? 0 : _f1[answer] * _weight[answer]);
    }
}

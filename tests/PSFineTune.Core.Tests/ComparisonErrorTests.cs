using PSFineTune.Comparison;
using PSFineTune.Metrics;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>How often models are promoted and rejected that are as good as each other: at most as often as the level says. The figures of many more are in docs/comparison.md.</summary>
public class ComparisonErrorTests
{
    const int Pairs = 500;

    /// <summary>Answers of two models that are right a share of the time on each class, by luck that is partly the same.</summary>
    static PairedOutcomes Pair(int draw, int count, double[] shares, double[] champion, double[] challenger)
    {
        var (random, outcomes) = (RandomStream.For(5, draw, "pair of models"), new PairedOutcomes([.. shares.Select((_, label) => $"{label}")]));
        for (var sample = 0; sample < count; sample++)
        {
            var (at, label) = (random.NextDouble() * shares.Sum(), 0);
            while (label < shares.Length - 1 && (at -= shares[label]) >= 0) label++;
            var luck = random.NextDouble();
            var other = random.Chance(0.5) ? luck : random.NextDouble();
            var (wrong, otherWrong) = ((label + 1 + random.Below(shares.Length - 1)) % shares.Length, (label + 1 + random.Below(shares.Length - 1)) % shares.Length);
            outcomes.Add(label, luck < champion[label] ? label : wrong, other < challenger[label] ? label : otherWrong);
        }
        return outcomes;
    }

    static (double Promoted, double Rejected) Rates(int count, double[] shares, double champion, double challenger, ComparisonSettings settings) =>
        Rates(draw => PairedComparison.Of(Pair(draw, count, shares, All(shares, champion), All(shares, challenger)), settings with { Seed = draw }, default));

    static double[] All(double[] shares, double right) => [.. shares.Select(_ => right)];

    /// <summary>Macro-F1 of all samples that there could be, wrong answers being any other class.</summary>
    static double MacroF1(double[] shares, double[] right)
    {
        var wrong = shares.Select((share, label) => share * (1 - right[label]) / (shares.Length - 1)).ToArray();
        return shares.Select((share, label) => 2 * share * right[label] / (share + share * right[label] + wrong.Sum() - wrong[label])).Average();
    }

    static double[] Reaching(double[] shares, double metric, Func<double, double[]> of) => of(BinomialLaw.Root(right => MacroF1(shares, of(right)) - metric, 0, 1));

    static (double Promoted, double Rejected) Rates(Func<int, ModelComparison> compared)
    {
        var (promoted, rejected) = (0, 0);
        Parallel.For(0, Pairs, draw =>
        {
            var verdict = compared(draw).Verdict;
            if (verdict == PromotionVerdict.Promote) Interlocked.Increment(ref promoted);
            if (verdict == PromotionVerdict.Reject) Interlocked.Increment(ref rejected);
        });
        return (promoted / (double)Pairs, rejected / (double)Pairs);
    }

    // Three standard deviations of so many pairs above half of the level, and above all of it.
    [Theory]
    [InlineData(ComparedMetric.Accuracy, 50, false), InlineData(ComparedMetric.Accuracy, 180, true)]
    [InlineData(ComparedMetric.MacroF1, 50, true), InlineData(ComparedMetric.MacroF1, 180, true), InlineData(ComparedMetric.MacroF1, 180, false)]
    public void Models_that_are_as_good_as_each_other_are_seldom_promoted_or_rejected(ComparedMetric metric, int count, bool isUneven)
    {
        var (promoted, rejected) = Rates(count, isUneven ? [90, 6, 3, 1] : [1, 1, 1], 0.85, 0.85, new() { Metric = metric, Resamples = 200 });
        Assert.InRange(promoted, 0, 0.025 + 3 * 0.007);
        Assert.InRange(rejected, 0, 0.05 + 3 * 0.01);
    }

    [Fact]
    public void A_model_that_is_worse_by_the_margin_is_seldom_called_not_worse()
    {
        var (promoted, _) = Rates(180, [1, 1, 1], 0.85, 0.8, new() { Mode = ComparisonMode.NonInferiority, Resamples = 200 });
        Assert.InRange(promoted, 0, 0.025 + 3 * 0.007);
    }

    // A percentile bootstrap alone promoted 23, 11 and 7 % of these.
    [Theory]
    [InlineData(180, new double[] { 90, 6, 3, 1 }), InlineData(200, new double[] { 95, 5 }), InlineData(60, new double[] { 90, 10 })]
    public void A_macro_F1_that_fell_by_the_margin_is_seldom_called_not_worse_however_small_a_class_is(int count, double[] shares)
    {
        var (settings, usual) = (new ComparisonSettings { Metric = ComparedMetric.MacroF1, Mode = ComparisonMode.NonInferiority, Resamples = 200 }, All(shares, 0.85));
        var worse = Reaching(shares, MacroF1(shares, usual) - settings.Margin, right => All(shares, right));
        var (promoted, _) = Rates(draw => PairedComparison.Of(Pair(draw, count, shares, usual, worse), settings with { Seed = draw }, default));
        Assert.InRange(promoted, 0, 0.025 + 3 * 0.007);
    }

    [Fact]
    public void Another_way_to_err_is_seldom_called_better_where_classes_are_small()
    {
        double[] shares = [94, 2, 2, 2], usual = All(shares, 0.85);
        var other = Reaching(shares, MacroF1(shares, usual), right => [right, 0.85, 0.85, 1]);
        var settings = new ComparisonSettings { Metric = ComparedMetric.MacroF1, Resamples = 200 };
        foreach (var (champion, challenger) in new[] { (usual, other), (other, usual) })
            Assert.InRange(Rates(draw => PairedComparison.Of(Pair(draw, 100, shares, champion, challenger), settings with { Seed = draw }, default)).Promoted, 0, 0.025 + 3 * 0.007);
    }

    // Those that did not know of small classes promoted 15 and 13 % of these, and rejected up to 23 %.
    [Theory]
    [InlineData(30, new double[] { 90, 10 }), InlineData(180, new double[] { 90, 6, 3, 1 })]
    public void A_floor_that_is_the_macro_F1_is_seldom_said_to_be_passed_or_missed(int count, double[] shares)
    {
        var settings = new ComparisonSettings { Metric = ComparedMetric.MacroF1, MinimumMetric = MacroF1(shares, All(shares, 0.85)), Resamples = 200 };
        var (promoted, rejected) = Rates(draw =>
        {
            var tally = new ConfusionTally(shares.Length);
            foreach (var cell in Pair(draw, count, shares, All(shares, 0.85), All(shares, 0.85)).Cells)
                for (var at = 0; at < cell.Count; at++) tally.Add(cell.Label, cell.Champion);
            return FirstComparison.Of(tally, [.. shares.Select((_, label) => $"{label}")], settings with { Seed = draw }, default);
        });
        Assert.InRange(promoted, 0, 0.025 + 3 * 0.007);
        Assert.InRange(rejected, 0, 0.05 + 3 * 0.01);
    }

    [Fact]
    public void A_gain_of_the_size_that_is_detectable_is_shown_as_often_as_the_power_says()
    {
        const double gain = 0.1;
        var (promoted, rejected) = Rates(300, [1, 1, 1], 0.8, 0.8 + gain, new() { Resamples = 200 });
        // How often exactly one is right: from the half of the samples with the same luck, and the half without.
        var differing = 0.5 * gain + 0.5 * (0.8 * 0.1 + 0.2 * 0.9);
        Assert.Equal(DetectableGain.PowerOf(300, differing, gain, 0.05), promoted, 0.06);
        Assert.Equal(0, rejected);
    }
}

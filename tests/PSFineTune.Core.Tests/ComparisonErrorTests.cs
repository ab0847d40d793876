using PSFineTune.Comparison;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>How often models are promoted and rejected that are as good as each other: at most as often as the level says. The figures of many more are in docs/comparison.md.</summary>
public class ComparisonErrorTests
{
    const int Pairs = 500;

    /// <summary>Answers of two models that are right a share of the time on each class, by luck that is partly the same.</summary>
    static PairedOutcomes Pair(int draw, int count, double[] shares, double champion, double challenger)
    {
        var (random, outcomes) = (RandomStream.For(5, draw, "pair of models"), new PairedOutcomes([.. shares.Select((_, label) => $"{label}")]));
        for (var sample = 0; sample < count; sample++)
        {
            var (at, label) = (random.NextDouble() * shares.Sum(), 0);
            while (label < shares.Length - 1 && (at -= shares[label]) >= 0) label++;
            var luck = random.NextDouble();
            var other = random.Chance(0.5) ? luck : random.NextDouble();
            var (wrong, otherWrong) = ((label + 1 + random.Below(shares.Length - 1)) % shares.Length, (label + 1 + random.Below(shares.Length - 1)) % shares.Length);
            outcomes.Add(label, luck < champion ? label : wrong, other < challenger ? label : otherWrong);
        }
        return outcomes;
    }

    static (double Promoted, double Rejected) Rates(int count, double[] shares, double champion, double challenger, ComparisonSettings settings)
    {
        var (promoted, rejected) = (0, 0);
        Parallel.For(0, Pairs, draw =>
        {
            var verdict = PairedComparison.Of(Pair(draw, count, shares, champion, challenger), settings with { Seed = draw }, default).Verdict;
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

using PSFineTune.Metrics;
using Xunit;

namespace PSFineTune.Tests;

public class BootstrapTests
{
    [Theory]
    [InlineData(7, 0.3), InlineData(40, 0.9), InlineData(60, 0.5), InlineData(500, 0.004), InlineData(1000, 0.97), InlineData(90, 0.12)]
    public void Binomial_draws_have_the_frequencies_of_the_binomial(int count, double chance)
    {
        const int draws = 40_000;
        var (random, seen) = (RandomStream.For(1, count, "binomial"), new int[count + 1]);
        for (var i = 0; i < draws; i++) seen[Binomial.Draw(random, count, chance)]++;
        // Pearson's statistic over the values that are expected five times or more, against its mean by six deviations.
        var (statistic, cells, logarithm) = (0.0, 0, count * Math.Log(1 - chance));
        for (var hits = 0; hits <= count; hits++)
        {
            var expected = draws * Math.Exp(logarithm);
            if (expected >= 5)
            {
                statistic += (seen[hits] - expected) * (seen[hits] - expected) / expected;
                cells++;
            }
            logarithm += Math.Log((count - hits) / (hits + 1.0)) + Math.Log(chance / (1 - chance));
        }
        Assert.True(cells > 4);
        Assert.InRange(statistic, 0, cells + 6 * Math.Sqrt(2 * cells));
    }

    [Theory]
    [InlineData(0, 0.5, 0), InlineData(9, 0, 0), InlineData(9, 1, 9), InlineData(9, 1.0000001, 9), InlineData(9, -0.1, 0)]
    public void Certain_draws_are_certain(int count, double chance, int hits) => Assert.Equal(hits, Binomial.Draw(RandomStream.For(1, 0, "x"), count, chance));

    static ConfusionTally Tally(int classes, IEnumerable<(int Label, int Predicted)> samples)
    {
        var tally = new ConfusionTally(classes);
        foreach (var (label, predicted) in samples) tally.Add(label, predicted);
        return tally;
    }

    [Fact]
    public void Intervals_are_those_of_resampled_samples()
    {
        // 3 classes, cells both above and below what is drawn one by one.
        var samples = Enumerable.Range(0, 300).Select(i => (i % 3, i % 11 == 0 ? (i + 1) % 3 : i % 17 == 0 ? (i + 2) % 3 : i % 3)).ToArray();
        var (accuracy, macroF1) = Bootstrap.Of(Tally(3, samples), 4000, 5, default);
        var random = RandomStream.For(9, 0, "samples");
        var plain = Enumerable.Range(0, 4000).Select(_ => Tally(3, Enumerable.Range(0, 300).Select(_ => samples[random.Below(300)])).Margins).ToArray();
        double[] accuracies = [.. plain.Select(margins => margins.Accuracy).Order()], scores = [.. plain.Select(margins => margins.MacroF1).Order()];
        Assert.Equal(accuracies[100], accuracy.Low, 0.006);
        Assert.Equal(accuracies[3900], accuracy.High, 0.006);
        Assert.Equal(scores[100], macroF1.Low, 0.006);
        Assert.Equal(scores[3900], macroF1.High, 0.006);
    }

    [Fact]
    public void The_seed_decides_and_threads_do_not()
    {
        var tally = Tally(4, Enumerable.Range(0, 90).Select(i => (i % 4, i % 5 == 0 ? (i + 1) % 4 : i % 4)));
        Assert.Equal(Bootstrap.Of(tally, 500, 1, default), Bootstrap.Of(tally, 500, 1, default));
        Assert.NotEqual(Bootstrap.Of(tally, 500, 1, default), Bootstrap.Of(tally, 500, 2, default));
    }

    [Fact]
    public void Intervals_hold_what_is_true_about_95_times_in_100()
    {
        // Three classes of shares .5, .3, .2; a model that is right .8 of the time and else takes the next class.
        double[] shares = [0.5, 0.3, 0.2];
        const double right = 0.8;
        var expected = Enumerable.Range(0, 3).Select(c => 2 * right * shares[c] / (shares[c] + right * shares[c] + (1 - right) * shares[(c + 2) % 3])).Average();
        var (accurate, scored, trials) = (0, 0, 600);
        for (var trial = 0; trial < trials; trial++)
        {
            var random = RandomStream.For(11, trial, "trial");
            var tally = Tally(3, Enumerable.Range(0, 200).Select(_ =>
            {
                var pick = random.NextDouble();
                var label = pick < shares[0] ? 0 : pick < shares[0] + shares[1] ? 1 : 2;
                return (label, random.Chance(right) ? label : (label + 1) % 3);
            }));
            var (accuracy, macroF1) = Bootstrap.Of(tally, 400, trial, default);
            if (accuracy.Low <= right && right <= accuracy.High) accurate++;
            if (macroF1.Low <= expected && expected <= macroF1.High) scored++;
        }
        // Within 3.3 standard deviations of 95 % of 600, and one for the percentile method's own error.
        Assert.InRange(accurate / (double)trials, 0.915, 0.98);
        Assert.InRange(scored / (double)trials, 0.915, 0.98);
    }

    [Fact]
    public void Areas_of_more_probabilities_than_are_kept_are_those_of_evenly_chosen_samples()
    {
        var (all, few) = (new RankTally(2), new RankTally(2, most: 2000));
        var random = RandomStream.For(2, 0, "ranks");
        for (var i = 0; i < 20_000; i++)
        {
            var score = (float)Math.Clamp(0.5 + 0.2 * random.Normal() + (i % 2 == 0 ? 0.1 : -0.1), 0, 1);
            all.Add(i / 10_000, [score, 1 - score]);
            few.Add(i / 10_000, [score, 1 - score]);
        }
        Assert.Equal(all.Areas(default)[0], few.Areas(default)[0], 0.06);
        Assert.NotEqual(all.Areas(default)[0], few.Areas(default)[0]);
    }
}

using PSFineTune.Comparison;
using PSFineTune.Metrics;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>Tests, intervals and power are those of scipy (Goldens/comparison.py), and of tables that were published.</summary>
public class ComparisonGoldenTests
{
    static readonly ComparisonGolden s_golden = ComparisonGolden.Read;

    static void Close(double expected, double actual, double relative = 1e-9) => Assert.True(Math.Abs(expected - actual) <= relative * Math.Abs(expected) + 1e-300, $"{actual} is not {expected}.");

    [Fact]
    public void The_exact_test_is_the_same() => Assert.All(s_golden.Tests, golden =>
    {
        Close(golden.P, PairedTest.Chance(golden.First, golden.Second));
        Close(golden.OneSided, PairedTest.ChanceOfFirst(golden.First, golden.Second));
    });

    [Fact]
    public void Exact_intervals_of_shares_are_the_same() => Assert.All(s_golden.Shares, golden =>
    {
        var ours = BinomialLaw.Share(golden.Hits, golden.Count, golden.Confidence);
        Close(golden.Interval[0], ours.Low);
        Close(golden.Interval[1], ours.High);
        Assert.Equal(golden.Confidence, ours.Confidence);
    });

    // As near as a search of the likelihood comes.
    [Fact]
    public void Score_intervals_of_paired_shares_are_those_of_the_likelihood() => Assert.All(s_golden.Pairs, golden =>
    {
        var shares = new PairedShares(golden.Gained, golden.Lost, golden.Count);
        var ours = shares.Interval(golden.Confidence);
        Assert.Equal(golden.Interval[0], ours.Low, 1e-7);
        Assert.Equal(golden.Interval[1], ours.High, 1e-7);
        Assert.Equal(golden.Score, shares.Score(-0.05), 1e-6);
    });

    [Fact]
    public void Power_is_the_same() => Assert.All(s_golden.Powers, golden => Close(golden.Chance, DetectableGain.PowerOf(golden.Count, golden.Differing, golden.Gain, golden.Level), 1e-8));

    [Fact]
    public void The_smallest_detectable_gain_is_the_same() =>
        Assert.All(s_golden.Gains, golden => Assert.Equal(golden.Gain, DetectableGain.Of(golden.Count, golden.Differing, golden.Level, golden.Chance), 1e-7));

    [Fact]
    public void The_normal_curve_is_the_same() => Assert.All(s_golden.Normal, golden =>
    {
        Close(golden.Below, NormalLaw.Below(golden.X), 1e-11);
        if (golden.X is > -7 and < 5) Assert.Equal(golden.X, NormalLaw.Quantile(golden.Below), 1e-9);
    });

    /// <summary>Agresti 1990, Categorical Data Analysis, page 350: approval of a president in two surveys, .04 lower in the second, 95 % interval of .02 to .06.</summary>
    [Fact]
    public void Approval_ratings_are_as_they_were_published()
    {
        var shares = new PairedShares(86, 150, 794 + 86 + 150 + 570);
        var interval = shares.Interval(0.95);
        Assert.Equal((-0.04, -0.06, -0.02), (Math.Round(shares.Difference, 2), Math.Round(interval.Low, 2), Math.Round(interval.High, 2)));
        Assert.Equal(17.36, shares.Score(0) * shares.Score(0), 0.005);
    }

    /// <summary>Fagerland, Lydersen and Laake 2013, The McNemar test for binary matched-pairs data: airway hyper-responsiveness, exact conditional test 0.070.</summary>
    [Fact]
    public void Airways_are_as_they_were_published() => Assert.Equal(0.070, PairedTest.Chance(1, 7), 0.0005);

    [Fact]
    public void Nothing_that_differs_still_has_a_spread()
    {
        // z^2 / (n + z^2), on both sides.
        var (none, square) = (new PairedShares(0, 0, 50).Interval(0.95), Math.Pow(NormalLaw.Quantile(0.975), 2));
        Assert.Equal(-square / (50 + square), none.Low, 1e-9);
        Assert.Equal(square / (50 + square), none.High, 1e-9);
        var all = new PairedShares(20, 0, 20).Interval(0.95);
        Assert.Equal(1, all.High, 1e-9);
        Assert.InRange(all.Low, 0.5, 0.95);
    }

    [Fact]
    public void Power_of_many_samples_goes_over_into_the_approximation()
    {
        // On both sides of where counts become too many to be gone through.
        double exact = DetectableGain.Of(39_900, 0.1, 0.05, 0.8), near = DetectableGain.Of(40_100, 0.1, 0.05, 0.8);
        Assert.InRange(exact / near, 0.99, 1.02);
        Assert.True(double.IsNaN(DetectableGain.Of(5, 0.2, 0.05, 0.8)));
        Assert.InRange(DetectableGain.PowerOf(4000, 0.1, DetectableGain.Of(4000, 0.1, 0.05, 0.8), 0.05), 0.7999, 0.8001);
    }
}

using System.Text.Json;
using PSFineTune.Drift;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>Both tests against numpy's and scipy's numbers, their laws, and what the verdict makes of them.</summary>
public sealed class DriftTests
{
    const double Close = 1e-9;

    sealed record Golden(int Seed, int Permutations, int Resamples, Case[] Cases);

    sealed record Case(float[][] Rows, int First, int[] Labels, double Statistic, double Effect, double Chance, double Chi, double Cramer, double LabelChance, double Low, double High);

    static readonly Golden s_golden = Read();

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, s_golden.Cases.Length)];

    [Theory, MemberData(nameof(Cases))]
    public void Statistics_chances_and_interval_are_those_of_numpy(int at)
    {
        var one = s_golden.Cases[at];
        var labels = new LabelTest(one.Labels, one.Labels.Max() + 1, one.First);
        var comparison = new DriftComparison(PairDistances.Of(one.Rows, default), one.First, labels, new() { Seed = s_golden.Seed, Permutations = s_golden.Permutations, Resamples = s_golden.Resamples });
        Assert.Equal([0, 100, 200], comparison.Run(default));
        var drift = comparison.Result;
        Assert.Equal(one.Statistic, drift.Statistic, Close);
        Assert.Equal(one.Effect, drift.Effect, Close);
        Assert.Equal(one.Chance, drift.PValue, Close);
        Assert.Equal(one.Low, drift.EffectInterval.Low, Close);
        Assert.Equal(one.High, drift.EffectInterval.High, Close);
        Assert.Equal(one.Chi, labels.Statistic(), Close);
        Assert.Equal(one.Cramer, labels.Effect(labels.Statistic()), Close);
        Assert.Equal(one.LabelChance, comparison.LabelChance, Close);
    }

    [Fact]
    public void The_p_value_comes_to_the_share_of_all_divisions_that_lie_as_far_apart()
    {
        float[][] rows = [.. new[] { 0.1f, 0.9f, 1.4f, 2.2f, 2.1f, 3.5f, 3.9f }.Select(value => new[] { value })];
        var energy = new EnergyTest(PairDistances.Of(rows, default), 3);
        var statistic = energy.Measure().Statistic;
        int[][] orders = [.. from a in Enumerable.Range(0, 7) from b in Enumerable.Range(a + 1, 6 - a) from c in Enumerable.Range(b + 1, 6 - b) select (int[])[a, b, c, .. Enumerable.Range(0, 7).Except([a, b, c])]];
        Assert.Equal(35, orders.Length);
        var exact = orders.Count(order => energy.Measure(order).Statistic >= statistic * (1 - 1e-12)) / 35.0;
        var comparison = new DriftComparison(PairDistances.Of(rows, default), 3, null, new() { Permutations = 4000, Resamples = 1 });
        Assert.Equal(40, comparison.Run(default).Count() - 1);
        // Four standard deviations of a share of 4000.
        Assert.InRange(comparison.Result.PValue, exact - 4 * Math.Sqrt(exact * (1 - exact) / 4000), exact + 4 * Math.Sqrt(exact * (1 - exact) / 4000));
    }

    [Fact]
    public void Which_side_is_which_and_the_order_within_them_do_not_matter()
    {
        var (rows, first) = (s_golden.Cases[1].Rows, s_golden.Cases[1].First);
        var there = new EnergyTest(PairDistances.Of(rows, default), first).Measure();
        var back = new EnergyTest(PairDistances.Of([.. rows.Reverse()], default), rows.Length - first).Measure();
        Assert.Equal(there.Statistic, back.Statistic, Close);
        Assert.Equal(there.Effect, back.Effect, Close);
    }

    [Fact]
    public void Same_samples_are_at_no_distance_and_others_at_all_of_it()
    {
        float[][] same = [.. Enumerable.Repeat(new[] { 1f, 2f }, 6)], apart = [.. Enumerable.Range(0, 6).Select(row => new[] { row < 3 ? 0f : 1f })];
        Assert.Equal((0.0, 0.0), new EnergyTest(PairDistances.Of(same, default), 3).Measure());
        Assert.Equal(1, new EnergyTest(PairDistances.Of(apart, default), 3).Measure().Effect, Close);
        Assert.Equal((0.0, 0.0), new EnergyTest(PairDistances.Of(same, default), 3).Interval(20, 0.95, 1, default));
    }

    [Fact]
    public void P_values_of_one_source_are_even_and_an_interval_holds_its_effect()
    {
        var chances = Repeated(200, 0).ToList();
        // One in a hundred of 200 is 2; nine or more come once in five thousand times.
        Assert.InRange(chances.Count(drift => drift.PValue <= 0.01), 0, 8);
        Assert.InRange(chances.Count(drift => drift.PValue <= 0.1), 8, 36);
        Assert.InRange(chances.Average(drift => drift.PValue), 0.42, 0.58);
        Assert.True(chances.Count(drift => drift.EffectInterval.Low <= 0 && drift.EffectInterval.High >= 0) >= 180);
        Assert.True(Repeated(20, 1).All(drift => drift.PValue <= 0.01));
    }

    [Fact]
    public void The_same_seed_gives_the_same_and_another_does_not()
    {
        Assert.Equal(One(3), One(3));
        Assert.NotEqual(One(3), One(4));

        (double, double, double) One(int seed)
        {
            var (rows, first) = (s_golden.Cases[0].Rows, s_golden.Cases[0].First);
            var comparison = new DriftComparison(PairDistances.Of(rows, default), first, null, new() { Seed = seed, Permutations = 300, Resamples = 50 });
            Assert.Equal(300, comparison.Run(default).Last());
            return (comparison.Result.PValue, comparison.Result.EffectInterval.Low, comparison.Result.EffectInterval.High);
        }
    }

    [Theory]
    [InlineData(0.001, 0.02, 0.03, 100, DriftVerdict.Drifted)]
    // Beyond chance, and less than counts.
    [InlineData(0.001, 0.001, 0.004, 100, DriftVerdict.Stable)]
    [InlineData(0.3, 0, 0.004, 100, DriftVerdict.Stable)]
    [InlineData(0.3, 0, 0.006, 100, DriftVerdict.Inconclusive)]
    [InlineData(0.02, 0.01, 0.02, 100, DriftVerdict.Inconclusive)]
    [InlineData(0.001, 0.2, 0.3, 49, DriftVerdict.Inconclusive)]
    public void The_verdict_asks_for_chance_for_size_and_for_enough_samples(double chance, double effect, double high, int count, DriftVerdict verdict)
    {
        var drift = DriftRule.Judged(Drift(chance, effect, high) with { NewCount = count }, 50);
        Assert.Equal(verdict, drift.Verdict);
        Assert.EndsWith(".", drift.Reason);
    }

    [Theory]
    // Of two tests the smaller p-value counts against half of the level, the other then against all of it.
    [InlineData(0.008, 0.9, 0.3, DriftVerdict.Inconclusive)]
    [InlineData(0.008, 0.004, 0.05, DriftVerdict.Drifted)]
    [InlineData(0.9, 0.004, 0.3, DriftVerdict.Drifted)]
    [InlineData(0.9, 0.004, 0.05, DriftVerdict.Inconclusive)]
    [InlineData(0.9, 0.008, 0.3, DriftVerdict.Inconclusive)]
    public void Both_tests_share_the_level(double features, double labels, double v, DriftVerdict verdict)
    {
        var drift = Drift(features, 0.02, 0.03) with { Labels = new() { PValue = labels, Effect = v, MinimumEffect = 0.1, Classes = [new() { Label = "shirt", NewShare = 0.5, ReferenceShare = 0.25 }] } };
        var judged = DriftRule.Judged(drift, 50);
        Assert.Equal(verdict, judged.Verdict);
        if (features > 0.5 && verdict == DriftVerdict.Drifted) Assert.Contains("shirt: 50 % instead of 25 %", judged.Reason);
    }

    [Theory]
    // As large as counts and not beyond chance; too small; and beyond chance but too small.
    [InlineData(0.3, 0.15, DriftVerdict.Inconclusive)]
    [InlineData(0.3, 0.05, DriftVerdict.Stable)]
    [InlineData(0.004, 0.05, DriftVerdict.Stable)]
    public void Classes_that_may_have_moved_are_not_called_stable_and_both_chances_are_told(double chance, double v, DriftVerdict verdict)
    {
        var judged = DriftRule.Judged(Drift(0.4, 0.001, 0.004) with { Labels = new() { PValue = chance, Effect = v, MinimumEffect = 0.1, Classes = [new()] } }, 50);
        Assert.Equal(verdict, judged.Verdict);
        Assert.Contains(FormattableString.Invariant($"{chance}"), judged.Reason);
        Assert.Contains(verdict == DriftVerdict.Stable ? "p = 0.4, " : FormattableString.Invariant($"Cramér's V {v}"), judged.Reason);
    }

    [Theory]
    [InlineData(0, 1000, 50, 1000), InlineData(1, 1000, 50, 1000), InlineData(0.01, 100, 50, 1000), InlineData(0.01, 1000, 1, 1000), InlineData(0.01, 1000, 50, 49), InlineData(0.01, 1000, 50, 5001)]
    public void Settings_that_cannot_be_used_are_refused(double level, int permutations, int minimum, int maximum) =>
        Assert.Equal("BadPlanSetting", Assert.Throws<FineTuneException>(() => new DriftSettings { Level = level, Permutations = permutations, MinimumCount = minimum, MaximumCount = maximum }.Validate()).Id);

    [Fact]
    public void It_stops_when_told()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => PairDistances.Of(s_golden.Cases[0].Rows, stop.Token));
        Assert.ThrowsAny<OperationCanceledException>(() => new DriftComparison(PairDistances.Of(s_golden.Cases[0].Rows, default), 12, null, new()).Run(stop.Token).Count());
    }

    static DataDrift Drift(double chance, double effect, double high) =>
        new() { PValue = chance, Effect = effect, EffectInterval = new() { Low = -0.001, High = high }, MinimumEffect = 0.005, Level = 0.01, NewCount = 100, ReferenceCount = 100 };

    static IEnumerable<DataDrift> Repeated(int times, double shift) => Enumerable.Range(0, times).Select(at =>
    {
        var random = RandomStream.For(9, at, "drift law");
        float[][] rows = [.. Enumerable.Range(0, 70).Select(row => Enumerable.Range(0, 6).Select(_ => (float)(random.Normal() + (row < 30 ? shift : 0))).ToArray())];
        var comparison = new DriftComparison(PairDistances.Of(rows, default), 30, null, new() { Seed = at, Permutations = 199, Resamples = 100, Level = 0.05 });
        Assert.Equal(199, comparison.Run(default).Last());
        return comparison.Result;
    });

    static Golden Read()
    {
        using var stream = typeof(DriftTests).Assembly.GetManifestResourceStream("drift.json")!;
        return JsonSerializer.Deserialize<Golden>(stream, JsonSerializerOptions.Web)!;
    }
}

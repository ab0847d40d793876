using PSFineTune.Comparison;
using PSFineTune.Metrics;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>From what two models said to a verdict, without models.</summary>
public class ComparisonTests
{
    static readonly ComparisonSettings s_usual = new() { Resamples = 2000 };

    /// <summary>Samples of two balanced classes, by who is right; the errors are the other class.</summary>
    static PairedOutcomes Two(int both, int onlyChampion, int onlyChallenger, int neither)
    {
        var outcomes = new PairedOutcomes(["a", "b"]);
        foreach (var label in new[] { 0, 1 })
        {
            outcomes.Add(label, label, label, Half(both));
            outcomes.Add(label, label, 1 - label, Half(onlyChampion));
            outcomes.Add(label, 1 - label, label, Half(onlyChallenger));
            outcomes.Add(label, 1 - label, 1 - label, Half(neither));

            int Half(int count) => label == 0 ? count / 2 : count - count / 2;
        }
        return outcomes;
    }

    static ModelComparison Judged(PairedOutcomes outcomes, ComparisonSettings? settings = null) => PairedComparison.Of(outcomes, settings ?? s_usual, TestContext.Current.CancellationToken);

    [Theory]
    [InlineData(ComparedMetric.Accuracy), InlineData(ComparedMetric.MacroF1)]
    public void What_is_clearly_better_is_promoted_and_the_other_way_round_rejected(ComparedMetric metric)
    {
        var settings = s_usual with { Metric = metric };
        var better = Judged(Two(150, 4, 24, 22), settings);
        Assert.Equal((PromotionVerdict.Promote, PromotionVerdict.Promote), (better.Verdict, better.FoundVerdict));
        Assert.Contains("is better", better.Reason);
        Assert.True(better.Gain > 0 && better.GainInterval.Low > 0 && better.PValue < 0.01);
        var worse = Judged(Two(150, 24, 4, 22), settings);
        Assert.Equal(PromotionVerdict.Reject, worse.Verdict);
        Assert.Equal(-better.Gain, worse.Gain, 1e-12);
        Assert.Equal(better.PValue, worse.PValue, 0.002);
    }

    [Fact]
    public void What_a_small_hold_out_cannot_show_is_held_and_says_what_it_could()
    {
        var found = Judged(Two(160, 5, 9, 6));
        Assert.Equal(PromotionVerdict.Hold, found.Verdict);
        Assert.Equal((180, 5, 9, 160, 6), (found.Count, found.McNemar.OnlyChampion, found.McNemar.OnlyChallenger, found.McNemar.BothRight, found.McNemar.BothWrong));
        Assert.Contains("too small to show", found.Reason);
        Assert.Contains("with n = 180 the smallest detectable gain is 0.05", found.Reason);
        Assert.Equal(DetectableGain.Of(180, 14 / 180.0, 0.05, 0.8), found.SmallestDetectableGain);
        Assert.True(found.SamplesNeeded > 180);
        Assert.Contains("would take about", found.Reason);
    }

    [Fact]
    public void Not_being_worse_is_another_thing_to_show()
    {
        var mode = s_usual with { Mode = ComparisonMode.NonInferiority };
        var alike = Judged(Two(880, 20, 22, 78), mode);
        Assert.Equal(PromotionVerdict.Promote, alike.Verdict);
        Assert.Equal(PromotionVerdict.Hold, Judged(Two(880, 20, 22, 78)).Verdict);
        // A little worse, beyond chance and within the margin.
        var little = Two(880, 40, 20, 60);
        Assert.Equal((PromotionVerdict.Promote, PromotionVerdict.Reject), (Judged(little, mode).Verdict, Judged(little).Verdict));
        Assert.Equal(PromotionVerdict.Reject, Judged(Two(700, 180, 40, 80), mode).Verdict);
        // Of few samples on which nothing differs the draws know no spread.
        Assert.Equal(PromotionVerdict.Hold, Judged(Two(60, 0, 0, 0), mode).Verdict);
        Assert.Equal(PromotionVerdict.Hold, Judged(Two(60, 0, 0, 0), mode with { Metric = ComparedMetric.MacroF1 }).Verdict);
        Assert.Equal(PromotionVerdict.Promote, Judged(Two(90, 0, 0, 0), mode).Verdict);
    }

    [Fact]
    public void A_class_that_fell_rejects_what_is_better_in_all()
    {
        var outcomes = new PairedOutcomes(["large", "small"]);
        outcomes.Add(0, 0, 0, 300);
        outcomes.Add(0, 1, 0, 60);
        outcomes.Add(1, 1, 1, 20);
        outcomes.Add(1, 1, 0, 20);
        var found = Judged(outcomes);
        Assert.True(found.Gain > 0 && found.PValue < 0.001);
        Assert.Equal(PromotionVerdict.Reject, found.Verdict);
        Assert.Contains("'small'", found.Reason);
        Assert.Equal([ClassVerdict.NonInferior, ClassVerdict.Worse], found.Classes.Select(one => one.Verdict));
        Assert.Equal((40, 1, 0.5, -0.5), (found.Classes[1].Support, found.Classes[1].ChampionRecall, found.Classes[1].ChallengerRecall, found.Classes[1].Difference));
    }

    [Fact]
    public void Few_samples_of_a_class_neither_reject_nor_pass()
    {
        var outcomes = new PairedOutcomes(["few", "many", "none"]);
        outcomes.Add(0, 0, 1, 4);
        outcomes.Add(1, 1, 1, 300);
        outcomes.Add(1, 0, 1, 40);
        var found = Judged(outcomes);
        Assert.Equal([ClassVerdict.Inconclusive, ClassVerdict.NonInferior, ClassVerdict.Inconclusive], found.Classes.Select(one => one.Verdict));
        Assert.Equal(PromotionVerdict.Promote, found.Verdict);
        Assert.True(double.IsNaN(found.Classes[2].ChampionRecall));
        var strict = Judged(outcomes, s_usual with { RequireEveryClass = true });
        Assert.Equal(PromotionVerdict.Hold, strict.Verdict);
        Assert.Contains("'few', 'none'", strict.Reason);
    }

    [Fact]
    public void Of_many_classes_one_that_fell_as_far_as_one_of_them_does_by_chance_rejects_nothing()
    {
        // 9 of 10 that tell speak against one class: p = 0.0107, which counts for one class, and not for twenty.
        PairedOutcomes Outcomes(int classes)
        {
            var outcomes = new PairedOutcomes([.. Enumerable.Range(0, classes).Select(label => $"c{label:00}")]);
            for (var label = 0; label < classes; label++)
            {
                outcomes.Add(label, label, label, 10);
                outcomes.Add(label, label, (label + 1) % classes, label == 0 ? 9 : 1);
                outcomes.Add(label, (label + 1) % classes, label, label == 0 ? 1 : 4);
            }
            return outcomes;
        }
        Assert.Equal(ClassVerdict.Worse, Judged(Outcomes(2)).Classes[0].Verdict);
        Assert.Equal(ClassVerdict.Inconclusive, Judged(Outcomes(20)).Classes[0].Verdict);
    }

    [Fact]
    public void A_class_that_the_challenger_lacks_rejects_it_whatever_it_does()
    {
        var outcomes = new PairedOutcomes(["a", "b"]) { Lost = ["b"] };
        outcomes.Add(0, 1, 0, 100);
        var found = Judged(outcomes);
        Assert.Equal((PromotionVerdict.Reject, "The challenger does not know the class 'b', which the champion does."), (found.Verdict, found.Reason));
    }

    [Theory]
    [InlineData(ComparedMetric.Accuracy, ComparisonMode.Superiority), InlineData(ComparedMetric.MacroF1, ComparisonMode.Superiority)]
    [InlineData(ComparedMetric.Accuracy, ComparisonMode.NonInferiority), InlineData(ComparedMetric.MacroF1, ComparisonMode.NonInferiority)]
    public void What_says_nothing_promotes_nothing(ComparedMetric metric, ComparisonMode mode)
    {
        var settings = s_usual with { Metric = metric, Mode = mode };
        var same = new PairedOutcomes(["a", "b"]) { SameWeights = true };
        same.Add(0, 0, 0, 500);
        var one = new PairedOutcomes(["a"]);
        one.Add(0, 0, 0, 50);
        ModelComparison[] all = [Judged(new(["a", "b"]), settings), Judged(same, settings), Judged(one, settings), Judged(Two(0, 0, 0, 40), settings), Judged(Two(10, 0, 19, 0), settings)];
        Assert.All(all, found =>
        {
            Assert.Equal(PromotionVerdict.Hold, found.Verdict);
            Assert.EndsWith(".", found.Reason);
            Assert.DoesNotContain("NaN", found.Reason);
        });
        Assert.Contains("No hold-out sample", all[0].Reason);
        Assert.Contains("same weights", all[1].Reason);
        Assert.Contains("29 hold-out samples are too few", all[4].Reason);
        if (mode == ComparisonMode.Superiority) Assert.Contains("Both are right on the same 0 of 40", all[3].Reason);
    }

    [Fact]
    public void The_seed_decides_and_the_order_and_the_threads_do_not()
    {
        var settings = s_usual with { Metric = ComparedMetric.MacroF1 };
        (int Label, int Champion, int Challenger)[] samples = [.. Enumerable.Range(0, 200).Select(i => (i % 4, i % 7 == 0 ? (i + 1) % 4 : i % 4, i % 9 == 0 ? (i + 2) % 4 : i % 4))];
        ModelComparison Of(IEnumerable<(int Label, int Champion, int Challenger)> some, ComparisonSettings how)
        {
            var outcomes = new PairedOutcomes(["a", "b", "c", "d"]);
            foreach (var (label, champion, challenger) in some) outcomes.Add(label, champion, challenger);
            return Judged(outcomes, how);
        }
        var first = Of(samples, settings);
        var again = Of(samples.Reverse(), settings);
        Assert.Equal(PlanJson.Write(first), PlanJson.Write(again));
        Assert.NotEqual(first.GainInterval, Of(samples, settings with { Metric = ComparedMetric.Accuracy, Seed = 7 }).GainInterval);
        Assert.NotEqual(first.PValue, Of(samples, settings with { Seed = 7 }).PValue);
    }

    [Fact]
    public void Draws_are_of_pairs_within_their_classes()
    {
        // By hand: each class drawn by itself, each time with both answers.
        var outcomes = new PairedOutcomes(["a", "b", "c"]);
        List<(int Label, int Champion, int Challenger)> samples = [];
        for (var i = 0; i < 240; i++) samples.Add((i % 12 == 0 ? 2 : i % 3 == 0 ? 1 : 0, 0, 0));
        samples = [.. samples.Select((sample, i) => (sample.Label, i % 6 == 1 ? (sample.Label + 1) % 3 : sample.Label, i % 10 == 1 ? (sample.Label + 2) % 3 : sample.Label))];
        foreach (var (label, champion, challenger) in samples) outcomes.Add(label, champion, challenger);
        var settings = new ComparisonSettings { Metric = ComparedMetric.MacroF1, Resamples = 6000 };
        var ours = new PairedResamples(outcomes, settings).Draw(default);
        var (random, classes) = (RandomStream.For(3, 0, "by hand"), samples.GroupBy(sample => sample.Label).Select(group => group.ToArray()).ToArray());
        double[] gains = [.. Enumerable.Range(0, 6000).Select(_ =>
        {
            var (champion, challenger) = (new Margins(3), new Margins(3));
            foreach (var stratum in classes)
                for (var i = 0; i < stratum.Length; i++)
                {
                    var sample = stratum[random.Below(stratum.Length)];
                    champion.Add(sample.Label, sample.Champion, 1);
                    challenger.Add(sample.Label, sample.Challenger, 1);
                }
            return challenger.MacroF1 - champion.MacroF1;
        }).Order()];
        Assert.Equal(gains[150], ours.Gain.Low, 0.006);
        Assert.Equal(gains[5849], ours.Gain.High, 0.006);
    }

    [Fact]
    public void Exchanging_answers_is_McNemars_test_where_each_class_counts_the_same()
    {
        // With macro-F1 of symmetric errors nearly, and by many draws.
        var outcomes = Two(140, 10, 22, 28);
        var drawn = new PairedResamples(outcomes, new() { Metric = ComparedMetric.MacroF1, Resamples = 20_000 }).Exchange(default);
        Assert.Equal(PairedTest.Chance(10, 22), drawn, 0.01);
    }

    [Theory]
    [InlineData(null, 90, 10, PromotionVerdict.Promote, "no floor was given")]
    [InlineData(0.8, 90, 10, PromotionVerdict.Promote, "reaches the floor of 0.800")]
    [InlineData(0.85, 90, 10, PromotionVerdict.Hold, "not shown that the challenger reaches the floor")]
    [InlineData(0.99, 90, 10, PromotionVerdict.Reject, "below the floor")]
    [InlineData(0.5, 20, 0, PromotionVerdict.Hold, "too few")]
    [InlineData(null, 0, 0, PromotionVerdict.Hold, "No hold-out sample")]
    public void Without_a_champion_a_floor_decides(double? floor, int right, int wrong, PromotionVerdict verdict, string because)
    {
        foreach (var metric in Enum.GetValues<ComparedMetric>())
        {
            var tally = new ConfusionTally(2);
            for (var i = 0; i < right; i++) tally.Add(i % 2, i % 2);
            for (var i = 0; i < wrong; i++) tally.Add(i % 2, 1 - i % 2);
            var found = FirstComparison.Of(tally, ["a", "b"], s_usual with { MinimumMetric = floor, Metric = metric }, TestContext.Current.CancellationToken);
            Assert.Equal(verdict, found.Verdict);
            Assert.Contains(because, found.Reason);
            Assert.Null(found.Champion);
        }
    }

    [Fact]
    public void A_floor_is_not_reached_by_a_few_samples_that_are_all_right()
    {
        var tally = new ConfusionTally(2);
        for (var i = 0; i < 40; i++) tally.Add(i % 2, i % 2);
        var found = FirstComparison.Of(tally, ["a", "b"], s_usual with { MinimumMetric = 0.95, Metric = ComparedMetric.MacroF1 }, default);
        Assert.Equal(PromotionVerdict.Hold, found.Verdict);
        Assert.InRange(found.Challenger.Interval.Low, 0.85, BinomialLaw.Share(40, 40, 0.95).Low);
    }

    [Fact]
    public void Macro_F1_is_not_known_where_a_class_has_few_samples_or_none()
    {
        PairedOutcomes Agreeing(int few)
        {
            var outcomes = new PairedOutcomes(["few", "many"]);
            outcomes.Add(0, 0, 0, few);
            outcomes.Add(1, 1, 1, 400);
            return outcomes;
        }
        var mode = s_usual with { Metric = ComparedMetric.MacroF1, Mode = ComparisonMode.NonInferiority };
        var found = Judged(Agreeing(3), mode);
        Assert.Equal(PromotionVerdict.Hold, found.Verdict);
        Assert.Contains("few samples of 'few' (3)", found.Reason);
        // No sample is none that fell, and half of all classes may have fallen to nothing.
        var none = Judged(Agreeing(0), mode);
        Assert.Equal(PromotionVerdict.Hold, none.Verdict);
        Assert.InRange(none.GainInterval.Low, -0.55, -0.5);
        Assert.Equal(PromotionVerdict.Promote, Judged(Agreeing(100), mode).Verdict);
        // Of accuracy all this is nothing.
        Assert.Equal(PromotionVerdict.Promote, Judged(Agreeing(3), mode with { Metric = ComparedMetric.Accuracy }).Verdict);
        var tally = new ConfusionTally(2);
        for (var at = 0; at < 100; at++) tally.Add(at < 3 ? 0 : 1, at < 3 ? 0 : 1);
        var first = FirstComparison.Of(tally, ["few", "many"], s_usual with { MinimumMetric = 0.8, Metric = ComparedMetric.MacroF1 }, default);
        Assert.Equal(PromotionVerdict.Hold, first.Verdict);
        Assert.Contains("few samples of 'few' (3)", first.Reason);
    }

    [Fact]
    public void The_spread_of_macro_F1_is_that_of_the_draws_where_samples_are_many()
    {
        // By hand: draws of all samples, whatever their class.
        var outcomes = new PairedOutcomes(["a", "b", "c"]);
        foreach (var (label, champion, challenger, count) in new[] { (0, 0, 0, 900), (0, 1, 0, 90), (0, 0, 2, 60), (1, 1, 1, 500), (1, 2, 1, 70), (1, 1, 0, 40), (2, 2, 2, 400), (2, 0, 0, 50), (2, 2, 1, 30) })
            outcomes.Add(label, champion, challenger, count);
        var (random, cells) = (RandomStream.For(3, 0, "by hand"), outcomes.Cells.SelectMany(cell => Enumerable.Repeat(cell, cell.Count)).ToArray());
        double[] gains = [.. Enumerable.Range(0, 2000).Select(_ =>
        {
            var (champion, challenger) = (new Margins(3), new Margins(3));
            for (var i = 0; i < cells.Length; i++)
            {
                var cell = cells[random.Below(cells.Length)];
                champion.Add(cell.Label, cell.Champion, 1);
                challenger.Add(cell.Label, cell.Challenger, 1);
            }
            return challenger.MacroF1 - champion.MacroF1;
        }).Order()];
        var bounds = MacroF1Bounds.Widened(new(new() { Low = 1, High = -1 }, new() { Low = 1, High = 0 }, new() { Low = 1, High = 0 }, 0), outcomes, new() { Metric = ComparedMetric.MacroF1 });
        Assert.Equal(gains[50], bounds.Gain.Low, 0.003);
        Assert.Equal(gains[1949], bounds.Gain.High, 0.003);
        Assert.Equal(Math.Sqrt(gains.Sum(gain => Math.Pow(gain - gains.Average(), 2)) / gains.Length), bounds.Deviation, 0.0007);
    }

    [Fact]
    public void A_comparison_survives_as_json()
    {
        var found = Judged(Two(150, 4, 24, 22)) with { Warnings = ["one"], HoldOutHash = "ab", LeftOut = new() { Repeated = 2 }, ForceReason = "because" };
        var json = PlanJson.Write(found);
        Assert.Equal(json, PlanJson.Write(PlanJson.Read<ModelComparison>(json)));
        Assert.Equal(json, PlanJson.Write(PlanJson.Read<ModelComparison>(PlanJson.WriteLine(found))));
        json = PlanJson.Write(Judged(new(["a"])));
        Assert.Equal(json, PlanJson.Write(PlanJson.Read<ModelComparison>(json)));
    }

    public static TheoryData<ComparisonSettings, string> Bad => new()
    {
        { new() { Level = 0 }, "Level" }, { new() { Level = 0.5 }, "Level" }, { new() { Level = double.NaN }, "Level" }, { new() { Resamples = 199 }, "Resamples" },
        { new() { Level = 0.001, Resamples = 1000 }, "Resamples" }, { new() { Margin = 0 }, "Margin" }, { new() { Margin = 1 }, "Margin" }, { new() { MinimumSamples = 0 }, "MinimumSamples" },
        { new() { MinimumMetric = 1.1 }, "MinimumMetric" }, { new() { Power = 0.4 }, "Power" }, { new() { ManyUses = 1 }, "ManyUses" }, { new() { Metric = (ComparedMetric)7 }, "Metric" }, { new() { Mode = (ComparisonMode)7 }, "Mode" },
    };

    [Theory, MemberData(nameof(Bad))]
    public void Settings_that_make_no_sense_are_refused_by_name(ComparisonSettings settings, string name)
    {
        var fault = Assert.Throws<FineTuneException>(settings.Validate);
        Assert.Equal("BadPlanSetting", fault.Id);
        Assert.Contains(name, fault.Message);
    }

    [Theory, InlineData(""), InlineData("  ")]
    public void Forcing_takes_a_reason(string reason) => Assert.Equal("ForceWithoutReason", Assert.Throws<FineTuneException>(new ComparisonSettings { ForceReason = reason }.Validate).Id);
}

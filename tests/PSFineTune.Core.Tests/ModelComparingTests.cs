using PSFineTune.Comparison;
using PSFineTune.Data;
using PSFineTune.Models;
using PSFineTune.Packaging;
using PSFineTune.Store;
using PSFineTune.Training;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>Real models on real hold-outs: leaks, classes, pins, uses, and what is forced.</summary>
[Collection("Training")]
public sealed class ModelComparingTests : IDisposable
{
    static readonly ComparisonSettings s_few = new() { Resamples = 400, MinimumSamples = 2 };

    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    static string Text(int at, int topic) => $"please help, my {new[] { "printer paper", "vpn network", "password login" }[topic]} number {at} is broken";

    static TextDataset Data(IEnumerable<(int At, Split Split)> rows, int topics = 3, bool wrong = false) =>
        TextDataset.Of([.. rows.Select(row => (Text(row.At, row.At % topics), $"queue{(wrong ? (row.At + 1) % topics : row.At % topics)}", row.Split))]);

    static IEnumerable<(int, Split)> Rows(int from, int count, Split split) => Enumerable.Range(from, count).Select(at => (at, split));

    TrainedModel Trained(Dataset data, ModelSpec? model = null) => TrainedModel.From(
        FineTuning.Run(PlanStart.For(model ?? new LinearSvm(), data, null, new Recipes.Recommended()), data, _folder.Path, null, default).OfType<RunDone>().Single().Record, _folder.Path);

    ModelComparison Compared(TrainedModel? champion, TrainedModel challenger, Dataset holdOut, ComparisonSettings? settings = null, Split split = Split.Test) =>
        ModelComparing.Of(champion, challenger, holdOut, split, settings ?? s_few, _folder.Path, TestContext.Current.CancellationToken).Last().Result!;

    [Fact]
    public void A_good_challenger_takes_the_place_of_a_bad_champion_and_not_the_other_way_round()
    {
        var (good, bad) = (Trained(Data(Rows(0, 60, Split.Train))), Trained(Data(Rows(0, 60, Split.Train), wrong: true)));
        var held = Data(Rows(1000, 60, Split.Test));
        var steps = ModelComparing.Of(bad, good, held, Split.Test, s_few, _folder.Path, default).ToList();
        var found = steps[^1].Result!;
        Assert.Equal((PromotionVerdict.Promote, 60, 1.0), (found.Verdict, found.Count, found.Gain));
        Assert.Equal((good.Described.RunId, good.Described.WeightsHash), (found.Challenger.RunId, found.Challenger.WeightsHash));
        Assert.Contains(steps, step => step.What == "Asking the champion" && step.Done == 60);
        Assert.Empty(found.Warnings);
        Assert.Equal(PromotionVerdict.Reject, Compared(good, bad, held).Verdict);
        var same = Compared(good, good, held);
        Assert.Equal(PromotionVerdict.Hold, same.Verdict);
        Assert.Contains("same weights", same.Reason);
    }

    [Fact]
    public void What_either_learned_from_is_left_out_wherever_the_models_are()
    {
        var (first, second) = (Trained(Data(Rows(0, 60, Split.Train))), Trained(Data(Rows(30, 60, Split.Train))));
        var held = TextDataset.Of(
        [
            .. Enumerable.Range(1000, 40).Select(at => (Text(at, at % 3), $"queue{at % 3}", Split.Test)),
            .. Enumerable.Range(0, 3).Select(at => (Text(at, at % 3), $"queue{at % 3}", Split.Test)),
            .. Enumerable.Range(80, 4).Select(at => (Text(at, at % 3), $"queue{at % 3}", Split.Test)),
            (Text(10, 1).ToUpperInvariant() + "!", "queue1", Split.Test), (Text(85, 1).Replace(" ", "  "), "queue1", Split.Test), (Text(1001, 1001 % 3), $"queue{1001 % 3}", Split.Test),
        ]);
        var found = Compared(first, second, held);
        Assert.Equal(40, found.Count);
        Assert.Equal(new() { ChampionTraining = 3, ChampionTrainingText = 1, ChallengerTraining = 4, ChallengerTrainingText = 1, Repeated = 1 }, found.LeftOut);
        Assert.Contains(found.Warnings, warning => warning.StartsWith("10 of 50 hold-out samples do not count", StringComparison.Ordinal));

        // Packages tell it on a machine that has neither run nor data; the same run makes the same bytes.
        first.Export(_folder["first.psft"], null);
        first.Export(_folder["again.psft"], null);
        Assert.Equal(File.ReadAllBytes(_folder["first.psft"]), File.ReadAllBytes(_folder["again.psft"]));
        second.Export(_folder["second.psft"], null);
        var elsewhere = ModelComparing.Of(TrainedModel.From(_folder["first.psft"], _folder["other"]), TrainedModel.From(_folder["second.psft"], _folder["other"]), held, Split.Test, s_few, _folder["other"], default).Last().Result!;
        Assert.Equal(found.LeftOut, elsewhere.LeftOut);
        Assert.Equal(("first.psft", found.HoldOutHash), (elsewhere.Champion!.Name, elsewhere.HoldOutHash));
        // All of it is known: nothing is left to judge by.
        var none = Compared(first, second, Data(Rows(0, 60, Split.Test)), s_few);
        Assert.Equal((PromotionVerdict.Hold, 0), (none.Verdict, none.Count));
    }

    [Fact]
    public void Where_it_is_not_known_what_was_learned_from_it_is_said()
    {
        var (first, second) = (Trained(Data(Rows(0, 60, Split.Train))), Trained(Data(Rows(30, 60, Split.Train))));
        foreach (var file in Directory.GetFiles(first.Described.Path, "training-*.bin")) File.Delete(file);
        var found = Compared(TrainedModel.From(first.Described.RunId, _folder.Path), second, Data(Rows(1000, 30, Split.Test)));
        Assert.Contains("It is not known what the champion learned from", Assert.Single(found.Warnings, warning => warning.Contains("not known what", StringComparison.Ordinal)));
        File.WriteAllBytes(Path.Combine(first.Described.Path, "training-hashes.bin"), new byte[16]);
        var fault = Assert.Throws<FineTuneException>(() => Compared(TrainedModel.From(first.Described.RunId, _folder.Path), second, Data(Rows(1000, 30, Split.Test))));
        Assert.Equal("DamagedTrainingHashes", fault.Id);
    }

    [Fact]
    public void What_chose_a_model_is_left_out_of_another_hold_out_and_warned_of_in_its_own()
    {
        var (data, second) = (Data([.. Rows(0, 60, Split.Train), .. Rows(60, 20, Split.Validation)]), Trained(Data([.. Rows(30, 30, Split.Train), .. Rows(200, 9, Split.Validation)])));
        var first = Trained(data);
        TextDataset Held(Split split) => TextDataset.Of(
        [
            .. Enumerable.Range(1000, 40).Concat(Enumerable.Range(60, 5)).Concat(Enumerable.Range(200, 2)).Select(at => (Text(at, at % 3), $"queue{at % 3}", split)),
            (Text(66, 0).ToUpperInvariant() + "!", "queue0", split),
        ]);
        var found = Compared(first, second, Held(Split.Test));
        Assert.Equal((40, new LeftOutSamples { ChampionValidation = 6, ChallengerValidation = 2 }), (found.Count, found.LeftOut));
        Assert.Contains(found.Warnings, warning => warning.Contains("the champion's epochs were chosen by 6", StringComparison.Ordinal) && warning.Contains("the challenger's epochs were chosen by 2", StringComparison.Ordinal));
        // A package carries it; what a version before wrote has none, and is read as it was.
        first.Export(_folder["first.psft"], null);
        Assert.Equal(found.LeftOut, Compared(TrainedModel.From(_folder["first.psft"], _folder["other"]), second, Held(Split.Test)).LeftOut);
        foreach (var file in Directory.GetFiles(first.Described.Path, "validation-*.bin")) File.Delete(file);
        Assert.Equal(new() { ChallengerValidation = 2 }, Compared(TrainedModel.From(first.Described.RunId, _folder.Path), second, Held(Split.Test)).LeftOut);
        var own = Compared(TrainedModel.From(_folder["first.psft"], _folder["other"]), second, Held(Split.Validation), split: Split.Validation);
        Assert.Equal((48, 0), (own.Count, own.LeftOut.Count));
        Assert.Contains(own.Warnings, warning => warning.StartsWith("Validation samples chose", StringComparison.Ordinal));
    }

    [Fact]
    public void Copies_with_different_labels_do_not_count_in_whatever_order_they_stand()
    {
        var (good, bad) = (Trained(Data(Rows(0, 60, Split.Train))), Trained(Data(Rows(0, 60, Split.Train), wrong: true)));
        List<(string, string, Split)> rows =
        [
            .. Enumerable.Range(1000, 30).Select(at => (Text(at, at % 3), $"queue{at % 3}", Split.Test)),
            // Three copies of one, one of them with another label, and two of another that agree.
            (Text(1000, 1000 % 3), $"queue{1000 % 3}", Split.Test), (Text(1000, 1000 % 3), $"queue{1001 % 3}", Split.Test), (Text(1005, 1005 % 3), $"queue{1005 % 3}", Split.Test),
        ];
        var found = Compared(bad, good, TextDataset.Of([.. rows]));
        Assert.Equal((29, new LeftOutSamples { Contradicting = 3, Repeated = 1 }), (found.Count, found.LeftOut));
        Assert.Contains(found.Warnings, warning => warning.Contains("3 are copies of each other with different labels", StringComparison.Ordinal));
        rows.Reverse();
        var turned = Compared(bad, good, TextDataset.Of([.. rows]));
        Assert.Equal(PlanJson.Write(found with { HoldOutUses = 0 }), PlanJson.Write(turned with { HoldOutUses = 0 }));
    }

    [Theory]
    [InlineData(false), InlineData(true)]
    public void Weights_are_known_by_themselves_and_not_by_what_a_package_says_of_them(bool isEmpty)
    {
        var (good, bad) = (Trained(Data(Rows(0, 60, Split.Train))), Trained(Data(Rows(0, 60, Split.Train), wrong: true)));
        TrainedModel Claiming(TrainedModel model, string name, string claim)
        {
            model.Export(_folder[name], null);
            var content = PackageFile.Open(_folder[name]);
            PackageFile.Write(_folder[name], content with { Package = content.Package with { WeightsHash = claim } });
            return TrainedModel.From(_folder[name], _folder.Path);
        }
        var claim = isEmpty ? "" : good.Described.WeightsHash;
        var (champion, challenger) = (Claiming(bad, "bad.psft", claim), Claiming(good, "good.psft", claim));
        var found = Compared(champion, challenger, Data(Rows(1000, 60, Split.Test)));
        Assert.Equal((PromotionVerdict.Promote, 1), (found.Verdict, found.HoldOutUses));
        Assert.Equal((bad.Described.WeightsHash, good.Described.WeightsHash), (found.Champion!.WeightsHash, found.Challenger.WeightsHash));
        // A publish asks for the very weights that were compared.
        Assert.Equal("Promote", PublishGate.Passed(found, challenger, new()).Verdict);
        Assert.Equal("ComparisonOfAnother", Assert.Throws<FineTuneException>(() => PublishGate.Passed(found, champion, new())).Id);
        // Whatever else is claimed, the same weights are nothing new.
        var same = Compared(good, Claiming(good, "same.psft", "0123"), Data(Rows(2000, 60, Split.Test)));
        Assert.Equal((PromotionVerdict.Hold, 0), (same.Verdict, same.HoldOutUses));
    }

    [Fact]
    public void Images_leak_by_their_bytes()
    {
        using var folder = new DatasetFolder().With("a", 12).With("b", 12);
        using var other = new DatasetFolder().With("a", 6, seed: 500).With("b", 6, seed: 600);
        var data = folder.Import();
        var leaked = data.Train[0];
        File.Copy(leaked.Item, other[$"{leaked.Label}/copy{Path.GetExtension(leaked.Item)}"]);
        var plan = PlanStart.For(new ResNet20(), data, null, new Recipes.Tutorial()) with { BatchSize = 6, Threads = 1, Epochs = 1 };
        TrainedModel Run(int seed) => TrainedModel.From(FineTuning.Run(plan with { Seed = seed }, data, _folder.Path, null, default).OfType<RunDone>().Single().Record, _folder.Path);
        var found = Compared(Run(1), Run(2), other.Import(settings => settings with { TestFraction = 1 }));
        Assert.Equal((12, 1), (found.Count, found.LeftOut.ChampionTraining));
    }

    [Fact]
    public void A_new_class_counts_as_the_champions_mistakes_and_a_lost_one_rejects()
    {
        var (two, three) = (Trained(Data(Rows(0, 60, Split.Train), topics: 2)), Trained(Data(Rows(0, 60, Split.Train))));
        var held = Data(Rows(1000, 60, Split.Test));
        var found = Compared(two, three, held);
        Assert.Equal(PromotionVerdict.Promote, found.Verdict);
        Assert.Equal(["queue2"], found.Champion!.UnknownClasses);
        Assert.Equal((0.0, 1.0, 20), (found.Classes[2].ChampionRecall, found.Classes[2].ChallengerRecall, found.Classes[2].Support));
        Assert.Contains(found.Warnings, warning => warning.StartsWith("20 of 60 samples are of classes that the champion does not know ('queue2')", StringComparison.Ordinal));
        var lost = Compared(three, two, held);
        Assert.Equal((PromotionVerdict.Reject, "The challenger does not know the class 'queue2', which the champion does."), (lost.Verdict, lost.Reason));
        Assert.Equal("UnknownClass", Assert.Throws<FineTuneException>(() => Compared(two, two, held)).Id);
    }

    [Fact]
    public void A_pinned_hold_out_is_the_same_samples_in_any_order()
    {
        var model = Trained(Data(Rows(0, 60, Split.Train)));
        var first = Compared(null, model, Data(Rows(1000, 30, Split.Test)));
        var again = Compared(null, model, Data(Rows(1000, 30, Split.Test).Reverse()), s_few with { HoldOutHash = first.HoldOutHash.ToUpperInvariant() });
        Assert.Equal(first.HoldOutHash, again.HoldOutHash);
        var fault = Assert.Throws<FineTuneException>(() => Compared(null, model, Data(Rows(1000, 29, Split.Test)), s_few with { HoldOutHash = first.HoldOutHash }));
        Assert.Equal(("HoldOutChanged", FaultKind.Mismatch), (fault.Id, fault.Kind));
        // Another label is another hold-out.
        Assert.Throws<FineTuneException>(() => Compared(null, model, Data(Rows(1000, 30, Split.Test), wrong: true), s_few with { HoldOutHash = first.HoldOutHash }));
        Assert.Equal("NoSamples", Assert.Throws<FineTuneException>(() => Compared(null, model, Data(Rows(0, 9, Split.Train)))).Id);
    }

    [Fact]
    public void Uses_of_a_hold_out_are_counted_where_they_decide()
    {
        var (one, two, three) = (Trained(Data(Rows(0, 60, Split.Train))), Trained(Data(Rows(0, 66, Split.Train))), Trained(Data(Rows(0, 72, Split.Train), wrong: true)));
        var held = Data(Rows(1000, 30, Split.Test));
        var often = s_few with { ManyUses = 2 };
        Assert.Equal(0, Compared(one, two, held, often with { CountUse = false }).HoldOutUses);
        Assert.False(File.Exists(_folder["hold-out-uses.jsonl"]));
        Assert.Equal([1, 1, 1], Enumerable.Range(0, 3).Select(_ => Compared(one, two, held, often).HoldOutUses));
        var second = Compared(one, three, held, often);
        Assert.Equal(2, second.HoldOutUses);
        Assert.Contains(second.Warnings, warning => warning.Contains("has decided on 2 pairs", StringComparison.Ordinal) && warning.Contains("up to 0.10", StringComparison.Ordinal) && warning.Contains("-Level 0.025", StringComparison.Ordinal));
        Assert.Equal(1, Compared(one, three, Data(Rows(2000, 30, Split.Test)), often).HoldOutUses);
    }

    [Fact]
    public async Task Uses_of_several_writers_are_all_kept_and_half_a_line_harms_none()
    {
        var file = _folder["hold-out-uses.jsonl"];
        await File.WriteAllTextAsync(file, "{\"holdOut\":\"h\",\"champion\":\"a\",\"challenger\":\"b\",\"later\":1}\n[1]\nno line\n{\"holdOut\":\"h\",\"cham", TestContext.Current.CancellationToken);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(() =>
        {
            var uses = new HoldOutUses(_folder.Path);
            for (var at = 0; at < 5; at++) uses.Add(new() { HoldOut = "h", Champion = $"c{writer}", Challenger = $"x{at}" }, default);
        }, TestContext.Current.CancellationToken)));
        Assert.Equal(41, new HoldOutUses(_folder.Path).Count("h", default));
        Assert.Equal(0, new HoldOutUses(_folder.Path).Count("other", default));
        Assert.Equal(41, new HoldOutUses(_folder.Path).Add(new() { HoldOut = "h", Champion = "c1", Challenger = "x1" }, default));
    }

    [Fact]
    public void What_is_forced_is_promoted_and_keeps_what_was_found()
    {
        var (good, bad) = (Trained(Data(Rows(0, 60, Split.Train))), Trained(Data(Rows(0, 60, Split.Train), wrong: true)));
        var found = Compared(good, bad, Data(Rows(1000, 30, Split.Test)), s_few with { ForceReason = "The labels were renamed" });
        Assert.Equal((PromotionVerdict.Promote, true, PromotionVerdict.Reject, "The labels were renamed"), (found.Verdict, found.Forced, found.FoundVerdict, found.ForceReason));
        Assert.Contains("worse", found.Reason);
        Assert.Contains(found.Warnings, warning => warning.Contains("forced", StringComparison.Ordinal));
        Assert.False(Compared(bad, good, Data(Rows(1000, 30, Split.Test)), s_few with { ForceReason = "Sure" }).Forced);
    }

    [Fact]
    public void It_stops_where_it_is_told_to()
    {
        var model = Trained(Data(Rows(0, 60, Split.Train)));
        using var stop = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() =>
        {
            foreach (var _ in ModelComparing.Of(null, model, Data(Rows(1000, 30, Split.Test)), Split.Test, s_few, _folder.Path, stop.Token)) stop.Cancel();
        });
        Assert.False(File.Exists(_folder["hold-out-uses.jsonl"]));
    }
}

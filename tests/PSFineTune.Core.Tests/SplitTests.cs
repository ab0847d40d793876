using CsCheck;
using PSFineTune.Data;
using Xunit;

namespace PSFineTune.Tests;

public class SplitTests
{
    static readonly Gen<(ulong[] Keys, int Seed, double Validation, double Test)> s_any =
        Gen.Select(Gen.ULong.Array[40, 200], Gen.Int, Gen.Double[0.1, 0.5], Gen.Double[0, 0.3]);

    [Fact]
    public void Adding_samples_moves_no_old_one() => s_any.Sample((keys, seed, validation, test) =>
    {
        var split = new HashSplit(seed, validation, test);
        var labels = keys.Select((_, row) => row % 2).ToArray();
        var old = split.Assign(keys[..^20], labels[..^20], new Split?[keys.Length - 20]);
        // A class that had to give its lowest key is the one exception, and is said in the help.
        for (var label = 0; label < 2; label++)
            if (!keys[..^20].Where((_, row) => row % 2 == label).Any(key => split.FractionOf(key) < validation)) return;
        Assert.Equal(old, split.Assign(keys, labels, new Split?[keys.Length])[..^20]);
    });

    [Fact]
    public void A_hold_out_set_is_all_test_and_may_have_one_class()
    {
        using var folder = new DatasetFolder().With("a", 1).With("b", 3);
        var data = folder.Import(settings => settings with { TestFraction = 1 });
        Assert.Equal((0, 0, 4), (data.Train.Count, data.Validation.Count, data.Test.Count));
        Directory.Delete(folder["a"], recursive: true);
        Assert.Equal(["b"], folder.Import(settings => settings with { TestFraction = 1 }).Classes);
    }

    [Fact]
    public void Fractions_are_adjacent_intervals() => s_any.Sample((keys, seed, validation, test) =>
    {
        var split = new HashSplit(seed, validation, test);
        // One class of many keys, so that none has to move.
        if (!keys.Any(key => split.FractionOf(key) < validation)) return;
        var expected = keys.Select(key => split.FractionOf(key)).Select(f => f < validation ? Split.Validation : f < validation + test ? Split.Test : Split.Train);
        Assert.Equal(expected, split.Assign(keys, new int[keys.Length], new Split?[keys.Length]));
    });

    [Fact]
    public void Fractions_are_met_and_seeds_differ()
    {
        var keys = Enumerable.Range(0, 20_000).Select(i => RandomStream.For(1, 0, (ulong)i, 0).Next()).ToArray();
        Split[] Of(int seed) => new HashSplit(seed, 0.2, 0.1).Assign(keys, new int[keys.Length], new Split?[keys.Length]);
        var splits = Of(42);
        // Six standard deviations of a binomial count.
        Assert.InRange(splits.Count(split => split == Split.Validation), 4000 - 340, 4000 + 340);
        Assert.InRange(splits.Count(split => split == Split.Test), 2000 - 255, 2000 + 255);
        Assert.InRange(splits.Zip(Of(43)).Count(pair => pair.First != pair.Second), 7000, 11000);
    }

    [Fact]
    public void A_class_without_validation_gives_its_lowest_key_and_one_without_training_its_highest()
    {
        var split = new HashSplit(3, 0.5, 0);
        var keys = Enumerable.Range(0, 200).Select(i => RandomStream.For(1, 0, (ulong)i, 0).Next()).ToArray();
        var (low, high) = (keys.Where(key => split.FractionOf(key) < 0.5).Take(3), keys.Where(key => split.FractionOf(key) >= 0.5).Take(3));
        ulong[] mine = [.. high, .. low];
        var splits = split.Assign(mine, [0, 0, 0, 1, 1, 1], new Split?[6]);
        Assert.Equal(mine[..3].MinBy(split.FractionOf), Assert.Single(mine[..3], key => splits[Array.IndexOf(mine, key)] == Split.Validation));
        Assert.Equal(mine[3..].MaxBy(split.FractionOf), Assert.Single(mine[3..], key => splits[Array.IndexOf(mine, key)] == Split.Train));
    }

    [Fact]
    public void Fixed_rows_stay() => s_any.Sample((keys, seed, validation, test) =>
    {
        var told = keys.Select((_, row) => row % 3 == 0 ? Split.Test : (Split?)null).ToArray();
        var splits = new HashSplit(seed, validation, test).Assign(keys, new int[keys.Length], told);
        Assert.All(splits.Where((_, row) => row % 3 == 0), split => Assert.Equal(Split.Test, split));
    });

    [Fact]
    public void Copies_share_a_split_whatever_they_are_called()
    {
        using var folder = new DatasetFolder();
        for (var i = 0; i < 20; i++)
            foreach (var copy in new[] { $"cat/{i}.png", $"cat/copy/{i}.png", $"dog/again-{i}.png" }) folder.WithFile(copy, i);
        var data = folder.Import();
        Assert.All(data.Train.Concat(data.Validation).GroupBy(sample => sample.Id), copies => Assert.Single(copies.Select(sample => sample.Split).Distinct()));
    }

    [Theory]
    [InlineData(@"patient\d+"), InlineData(@"/(patient\d+)-")]
    public void A_group_never_straddles_splits(string pattern)
    {
        using var folder = new DatasetFolder();
        for (var i = 0; i < 60; i++) folder.WithFile($"{(i % 2 == 0 ? "ill" : "well")}/patient{i % 12}-{i}.png", i);
        var data = folder.Import(settings => settings with { GroupPattern = pattern, ValidationFraction = 0.4 });
        var groups = data.Train.Concat(data.Validation).GroupBy(sample => sample.Group!).ToList();
        Assert.Equal(12, groups.Count);
        Assert.All(groups, group => Assert.StartsWith("patient", group.Key));
        Assert.All(groups, group => Assert.Single(group.Select(sample => sample.Split).Distinct()));
        Assert.All(groups, group => Assert.All(group, sample => Assert.Same(group.Key, sample.Group)));
    }

    [Fact]
    public void Wrong_settings_are_refused()
    {
        using var folder = new DatasetFolder().With("cat", 5).With("dog", 5);
        foreach (var fraction in new[] { 0, -0.1, 1, double.NaN }) Assert.Equal("BadFraction", folder.Fault(settings => settings with { ValidationFraction = fraction }).Id);
        foreach (var fraction in new[] { 0.8, -0.1, double.NaN }) Assert.Equal("BadFraction", folder.Fault(settings => settings with { TestFraction = fraction }).Id);
        Assert.Equal("BadGroupPattern", folder.Fault(settings => settings with { GroupPattern = "(" }).Id);
        Assert.Contains("no path", folder.Fault(settings => settings with { GroupPattern = "horse" }).Message);
        Assert.Contains("over a second", folder.WithFile($"cat/{new string('a', 60)}!.png", 5).Fault(settings => settings with { GroupPattern = "(a|aa)+$" }).Message);
    }

    [Fact]
    public void A_group_in_two_folders_of_splits_is_refused()
    {
        using var folder = new DatasetFolder();
        foreach (var split in new[] { "train", "validation" }) folder.WithFile($"{split}/a/p1-0.png", 1).WithFile($"{split}/b/p2-0.png", 2);
        Assert.Equal("GroupInTwoSplits", folder.Fault(settings => settings with { GroupPattern = @"p\d" }).Id);
    }
}

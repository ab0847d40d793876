using System.Text.Json;
using PSFineTune.Audit;
using PSFineTune.Audit.Labels;
using PSFineTune.Audit.Rules;
using PSFineTune.Data;
using PSFineTune.Training;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>Confident learning against numpy's, the regression against scikit-learn's, and labels that were made wrong.</summary>
[Collection("Training")]
public sealed class LabelErrorTests
{
    sealed record Golden(int Classes, int[] Labels, float[][] Probabilities, double[] Thresholds, double[][] Joint, int[] Found, float[][] Features, int[] Train, double Penalty, double[][] Judged);

    static readonly Golden s_golden = Read();

    [Fact]
    public void Thresholds_joint_and_doubts_are_those_of_numpy()
    {
        var thresholds = ConfidentLearning.Thresholds(s_golden.Probabilities, s_golden.Labels);
        Assert.Equal(s_golden.Thresholds, thresholds, (one, other) => Math.Abs(one - other) < 1e-9);
        Assert.Equal(s_golden.Joint.SelectMany(row => row), ConfidentLearning.Joint(s_golden.Probabilities, s_golden.Labels, thresholds).Cast<double>(), (one, other) => Math.Abs(one - other) < 1e-9);
        var doubts = ConfidentLearning.Doubts(s_golden.Probabilities, s_golden.Labels);
        Assert.Equal(s_golden.Found, doubts.Select(doubt => doubt.Row));
        Assert.All(doubts, doubt => Assert.Equal(s_golden.Probabilities[doubt.Row].Max(), doubt.Confidence, 1e-9));
    }

    [Fact]
    public void The_regression_is_that_of_scikit_learn()
    {
        int[] judged = [.. Enumerable.Range(0, s_golden.Labels.Length).Except(s_golden.Train)];
        var scores = SoftmaxRegression.Judge(s_golden.Features, s_golden.Labels, s_golden.Classes, s_golden.Train, judged, s_golden.Penalty, default);
        foreach (var (mine, theirs) in scores.Zip(s_golden.Judged))
            Assert.Equal(theirs, mine.Select(score => (double)score), (one, other) => Math.Abs(one - other) < 1e-3);
    }

    [Fact]
    public void Copies_share_a_fold_and_classes_are_spread()
    {
        var data = TextDataset.Of([.. Enumerable.Range(0, 60).Select(row => ($"text {row % 40}", (row % 40 % 2).ToString(System.Globalization.CultureInfo.InvariantCulture), Split.Train))]);
        int[] rows = [.. Enumerable.Range(0, data.Count)];
        var folds = LabelFolds.Of(data, rows, 5);
        Assert.All(rows.GroupBy(data.ItemAt), same => Assert.Single(same.Select(row => folds[row]).Distinct()));
        Assert.All(rows.GroupBy(row => (folds[row], data.LabelAt(row))), same => Assert.Equal(4, same.Select(data.ItemAt).Distinct().Count()));
        // Names and order do not matter.
        Assert.Equal(folds.Reverse(), LabelFolds.Of(data, [.. rows.Reverse()], 5));
    }

    [Fact]
    public void A_group_shares_a_fold_with_the_copies_of_its_samples()
    {
        using var folder = new DatasetFolder();
        foreach (var name in new[] { "a", "b" })
            for (var at = 0; at < 30; at++) folder.WithFile($"{name}/item{at % 10}-{at}.png", name[0] * 1000 + at);
        File.Copy(folder["a/item0-0.png"], folder["a/item77-0.png"]);
        var data = folder.Import(settings => settings with { GroupPattern = @"([ab]/item\d+)" });
        int[] rows = [.. Enumerable.Range(0, data.Count)];
        var folds = LabelFolds.Of(data, rows, 5);
        Assert.All(rows.GroupBy(row => data.SampleAt(row).Group), same => Assert.Single(same.Select(row => folds[row]).Distinct()));
        Assert.All(rows.GroupBy(row => Convert.ToHexString(data.HashAt(row))), same => Assert.Single(same.Select(row => folds[row]).Distinct()));
        Assert.Equal([0, 1, 2, 3, 4], folds.Distinct().Order());
    }

    [Fact]
    public void In_every_part_of_many_samples_every_class_has_enough_or_none()
    {
        // By count alone the middle class has enough over all, and six in a part.
        var data = TextDataset.Of([.. new[] { ("big", 60), ("middle", 18), ("small", 30) }.SelectMany(kind => Enumerable.Range(0, kind.Item2).Select(at => ($"{kind.Item1} {at}", kind.Item1, Split.Train)))]);
        var parts = LabelErrors.Parts(data, 40);
        Assert.Equal(3, parts.Count);
        Assert.Equal(parts.Sum(rows => rows.Length), parts.SelectMany(rows => rows).Distinct().Count());
        Assert.All(parts, rows => Assert.InRange(rows.Length, 1, 40));
        Assert.All(parts, rows => Assert.Equal(["big 20", "small 10"], rows.GroupBy(data.LabelAt).Select(same => $"{data.Classes[same.Key]} {same.Count()}").Order(StringComparer.Ordinal)));
        Assert.Equal(108, Assert.Single(LabelErrors.Parts(data, 108)).Length);
    }

    [Fact]
    public void Of_texts_the_labels_made_wrong_are_found_with_what_they_seem_to_be()
    {
        var (data, wrong) = Sentences(every: 20);
        var found = Find(data);
        Assert.NotEmpty(wrong);
        Assert.True(found.Count(doubt => wrong.ContainsKey(doubt.Row)) >= 0.8 * wrong.Count, $"{found.Count(doubt => wrong.ContainsKey(doubt.Row))} of {wrong.Count}");
        Assert.True(found.Count(doubt => wrong.ContainsKey(doubt.Row)) >= 0.9 * found.Count, $"{found.Count} found");
        Assert.All(found.Where(doubt => wrong.ContainsKey(doubt.Row)), doubt => Assert.Equal(wrong[doubt.Row], data.Classes[doubt.Suggested]));
    }

    [Fact]
    public void Clean_and_separable_texts_give_none() => Assert.Empty(Find(Sentences(every: 0).Data));

    [Fact]
    public void Images_that_differ_give_none_and_a_wrong_label_among_them_is_found()
    {
        using var folder = new TempFolder();
        var root = Path.Combine(folder.Path, "photos");
        Pictures.WriteClasses(root, 3, 20);
        Assert.Empty(Find(ImageDataset.Import(new() { Root = root }, folder.Path), folder.Path));
        File.Move(Path.Combine(root, "class0", "3.png"), Path.Combine(root, "class2", "moved.png"));
        var data = ImageDataset.Import(new() { Root = root }, folder.Path);
        var doubt = Assert.Single(Find(data, folder.Path));
        Assert.Equal("moved.png", Path.GetFileName(data.PathAt(doubt.Row)));
        Assert.Equal("class0", data.Classes[doubt.Suggested]);
        // From the cache the same comes out.
        Assert.Single(Directory.GetFiles(Path.Combine(folder.Path, "cache", "features")));
        Assert.Equal([doubt], Find(data, folder.Path));
    }

    [Fact]
    public void Classes_too_small_to_be_learned_are_left_out()
    {
        var rows = Enumerable.Range(0, 30).Select(row => ($"apple pear number {row}", "fruit", Split.Train)).Concat(Enumerable.Range(0, LabelErrors.LeastOfClass - 1).Select(row => ($"apple pear {row}", "rare", Split.Train)));
        Assert.Empty(Find(TextDataset.Of([.. rows])));
    }

    [Fact]
    public void Of_real_messages_four_in_five_wrong_labels_are_found_and_nine_in_ten_found_are_wrong()
    {
        var lines = File.ReadLines(Assets.Path("text/sms-spam/SMSSpamCollection")).Skip(1).Select(line => line.Split('\t', 2)).Where(parts => parts.Length == 2).ToList();
        var random = RandomStream.For(5, 0, "flips");
        var wrong = new HashSet<int>();
        var data = TextDataset.Of([.. lines.Select((parts, row) =>
        {
            var flip = random.Below(20) == 0;
            if (flip) wrong.Add(row);
            return (parts[1], flip ? parts[0] == "ham" ? "spam" : "ham" : parts[0], Split.Train);
        })]);
        var found = Find(data);
        var right = found.Count(doubt => wrong.Contains(doubt.Row));
        Assert.True(right >= 0.8 * wrong.Count && right >= 0.9 * found.Count, $"{right} right of {found.Count} found and {wrong.Count} wrong");
    }

    [Fact]
    public void The_rule_says_what_is_given_what_it_looks_like_and_how_sure()
    {
        var (data, wrong) = Sentences(every: 20);
        var findings = new LikelyLabelError().Check(new Surveyed(data) { Data = data }).ToList();
        Assert.Equal(Find(data).Count, findings.Count);
        Assert.All(findings, finding =>
        {
            Assert.Equal(nameof(LikelyLabelError), finding.Rule);
            Assert.Equal(FindingSeverity.Warning, finding.Severity);
            Assert.Matches(@"^It is labelled '\w+' and looks like '\w+': by the other samples \d+ % against \d+ %\.$", finding.Message);
            Assert.True(wrong.ContainsKey(finding.Line!.Value - 1), finding.Message);
        });
        Assert.Empty(new LikelyLabelError().Check(new Surveyed(data)));
    }

    sealed class Surveyed(Dataset data) : Survey
    {
        public override string Root => data.Reference.Root;

        public override IReadOnlyList<string> Classes => data.Classes;

        public override int Count => data.Count;

        public override int LabelAt(int row) => data.LabelAt(row);

        public override Split SplitAt(int row) => data.SplitAt(row);

        public override Place PlaceAt(int row) => default;
    }

    static IReadOnlyList<LabelDoubt> Find(Dataset data, string workspace = "") => LabelErrors.Find(data, workspace, CancellationToken.None).Last().Result!;

    // Held texts have a word that tells their class.
    static (TextDataset Data, Dictionary<int, string> Wrong) Sentences(int every)
    {
        var held = HeldTexts.Made(600);
        var wrong = new Dictionary<int, string>();
        return (TextDataset.Of([.. Enumerable.Range(0, held.Count).Select(row =>
        {
            var (text, label) = ($"{held.SampleAt(row).Item} no {row}", held.LabelAt(row));
            if (every == 0 || row % every != 7) return (text, held.Classes[label], Split.Train);
            wrong[row] = held.Classes[label];
            return (text, held.Classes[(label + 1) % held.Classes.Count], Split.Train);
        })]), wrong);
    }

    static Golden Read()
    {
        using var stream = typeof(LabelErrorTests).Assembly.GetManifestResourceStream("label-errors.json")!;
        return JsonSerializer.Deserialize<Golden>(stream, JsonSerializerOptions.Web)!;
    }
}

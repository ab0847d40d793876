using PSFineTune.Comparison;
using PSFineTune.Data;
using PSFineTune.Imaging;
using PSFineTune.Metrics;
using PSFineTune.Packaging;
using PSFineTune.Reports;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>What a report says and shows, without a browser.</summary>
public class ReportTests
{
    [Fact]
    public void Only_what_a_programmer_wrote_is_markup()
    {
        var name = "<b>\"'&\u202E\uD83D\u0007</b>";
        Assert.Equal("<i title=\"&lt;b&gt;&quot;&#39;&amp;\uFFFD\uFFFD\uFFFD&lt;/b&gt;\">1.5 <bdi>é\t\n</bdi></i>", Html.Of($"<i title=\"{name}\">{1.5} {Html.Name("é\t\n")}</i>").ToString());
        Assert.Equal("<b></b><b></b>", Html.Of($"{Enumerable.Repeat(Html.Of($"<b></b>"), 2)}").ToString());
    }

    [Fact]
    public void Every_character_of_the_basic_plane_is_safe_in_a_page()
    {
        var all = string.Concat(Enumerable.Range(0, 0x10000).Select(value => (char)value).Where(letter => !char.IsSurrogate(letter)));
        var encoded = Html.Of($"{all}").ToString();
        Assert.DoesNotContain(encoded, letter => "<>\"'".Contains(letter) || (char.IsControl(letter) && letter is not '\t' and not '\n') || letter is >= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069');
        Assert.Equal("👍🏽 नमस्ते עברית 中文", Html.Of($"{"👍🏽 नमस्ते עברית 中文"}").ToString());
    }

    [Fact]
    public void Long_texts_end_between_characters()
    {
        Assert.Equal("abc", HtmlText.Short("abc", 3));
        Assert.Equal("ab…", HtmlText.Short("abcd", 3));
        Assert.Equal("👍🏽…", HtmlText.Short("👍🏽👍🏽👍🏽", 2));
    }

    [Theory]
    [InlineData("'/srv/team/photos/cat/1.jpg' is gone.", "'photos/cat/1.jpg' is gone.")]
    [InlineData("'/srv/my photos/a b/1.jpg' is gone.", "'my photos/a b/1.jpg' is gone.")]
    [InlineData("see /var/lib/x/y.csv: row 3", "see y.csv: row 3")]
    [InlineData(@"see D:\data\me\y.csv", "see y.csv")]
    [InlineData(@"see \\server\share\y.csv", "see y.csv")]
    [InlineData("see /srv/team/photos2/y.csv", "see y.csv")]
    [InlineData("3/4 of cat/dog, see https://example.com/a/b", "3/4 of cat/dog, see https://example.com/a/b")]
    public void Messages_lose_the_folders_of_the_machine(string text, string expected) =>
        Assert.Equal(expected, new PathVeil(["/srv/team/photos", "/srv/my photos", null, "relative", "/"]).Of(text));

    // PowerShell ends a string at typographic quotes as well.
    [Fact]
    public void Names_in_commands_stay_names()
    {
        var run = new ReportedRun { IsPackage = true, Record = new() { Plan = new() { Dataset = new PSFineTune.Data.ImageDatasetReference { Root = "x\u2019; 'y'\n" } } } };
        Assert.Contains("'./x\u2019\u2019; ''y'' '", System.Net.WebUtility.HtmlDecode(new PSFineTune.Reports.Sections.Repeat().Body(new() { Run = run }).ToString()));
    }

    [Fact]
    public void Every_cell_shows_a_sample_before_one_shows_two_and_mistakes_come_first()
    {
        List<Verdict> verdicts = [.. Enumerable.Range(0, 40).Select(row => new Verdict(row, 0, 0, 0.9)), .. Enumerable.Range(40, 30).Select(row => new Verdict(row, 0, 1, row / 100.0)), new(70, 1, 0, 0.3)];
        var chosen = CellExamples.Of(verdicts, 4);
        Assert.Equal([(0, 1), (1, 0), (0, 0)], chosen.Keys);
        Assert.Equal([69, 68], chosen[(0, 1)].Select(verdict => verdict.Row));
        Assert.Equal(70, Assert.Single(chosen[(1, 0)]).Row);
        Assert.Equal(8 + 1 + 3, CellExamples.Of(verdicts, 100).Values.Sum(cell => cell.Count));
    }

    // Noise is the worst that a JPEG can be asked for.
    [Theory]
    [InlineData(20), InlineData(300)]
    public void Pictures_of_a_page_keep_to_its_budget(int count)
    {
        using var noise = new Picture(300, 200);
        var random = RandomStream.For(1, 1, "noise");
        foreach (ref var level in noise.Pixels) level = (byte)random.Below(256);
        var thumbnails = new Thumbnails(count);
        var all = Enumerable.Range(0, count).Select(_ => thumbnails.Of(noise)).ToList();
        Assert.InRange(all.Sum(one => one.File.Length), 0, 1_800_000);
        Assert.All(all, one => Assert.InRange(one.Width / (double)one.Height, 1.4, 1.6));
    }

    // scipy.stats.binomtest(first, first + second).pvalue
    [Theory]
    [InlineData(35, 7, 1.5097200957825409e-05), InlineData(3, 2, 1), InlineData(10, 2, 0.03857421875), InlineData(0, 6, 0.03125), InlineData(0, 0, 1)]
    public void Two_models_on_the_same_samples_differ_as_scipy_says(int first, int second, double expected) =>
        Assert.Equal(expected, PairedTest.Chance(first, second), expected * 1e-6);

    [Fact]
    public void Many_samples_overflow_nothing() => Assert.InRange(PairedTest.Chance(1000, 1100), 0.0307, 0.0308);

    [Fact]
    public void The_verdict_is_a_sentence_that_an_operator_understands()
    {
        var judged = Judged(12, 8);
        Assert.Equal("60.0 % of 20 test samples are named right; always answering ‘a’, the most frequent class, would be right for 60.0 %, so the model is no better than that.", VerdictText.Accuracy(judged, Split.Test));
        Assert.Equal("The weakest class is ‘b’: 3 of its 8 samples are recognised (F1 0.43), and it is taken most often for ‘a’.", VerdictText.Weakest(judged));
        Assert.Equal("60.0 % of 20 validation samples are named right (95 % interval 40.0 % to 80.0 %); always answering one and the same class would be right for 50.0 %, and the difference may be chance.",
            VerdictText.Accuracy(Judged(10, 10) with { AccuracyInterval = new() { Low = 0.4, High = 0.8 } }, Split.Validation));
        Assert.Null(VerdictText.BeatsGuessing(Judged(10, 10) with { AccuracyInterval = new() { Low = 0.4, High = 0.8 } }));
        Assert.True(VerdictText.BeatsGuessing(Judged(10, 10)));
    }

    [Fact]
    public void An_empty_report_is_a_page_too()
    {
        var page = ReportPage.Of(new() { Title = "Nothing" });
        Assert.Contains("The model was not judged", page);
        Assert.DoesNotContain("id=\"confusion\"", page);
        Assert.DoesNotContain("NaN", page[page.IndexOf("<body>", StringComparison.Ordinal)..page.IndexOf("<script>", StringComparison.Ordinal)]);
    }

    [Fact]
    public void A_page_of_hundreds_of_classes_shows_those_with_most_mistakes()
    {
        var page = ReportPage.Of(ReportExamples.Of([.. Enumerable.Range(0, 300).Select(index => $"class {index:000}")]) with { Other = null });
        Assert.Contains("The 40 classes with most mistakes, of 300", page);
        Assert.InRange(page.Length, 0, 3_000_000);
    }

    static Evaluation Judged(int a, int b) => new()
    {
        Count = 20, Accuracy = 0.6,
        PerClass = [new() { Label = "a", Support = a, F1 = 0.69, Recall = 0.75 }, new() { Label = "b", Support = b, F1 = 0.43, Recall = 0.375 }],
        Confusion = new() { Labels = ["a", "b"], Rows = [[9, a - 9], [5, 3]] },
    };
}

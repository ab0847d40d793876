using System.Text;
using PSFineTune.Data;
using PSFineTune.Data.Texts;
using PSFineTune.Data.Texts.Formats;
using Xunit;

namespace PSFineTune.Tests;

public class TextDatasetTests
{
    // Ten texts of each of two classes.
    static readonly (string Text, string Label)[] s_rows = [.. from i in Enumerable.Range(0, 10) from label in new[] { "hot", "cold" } select ($"text number {i} of {label} things", label)];

    static string Csv(string delimiter = ",", string header = "text,label") =>
        header.Replace(",", delimiter) + "\n" + string.Concat(s_rows.Select(row => $"{row.Text}{delimiter}{row.Label}\n"));

    public static TheoryData<string, string, string> Formats => new()
    {
        { "a.csv", Csv(), "Csv" },
        { "semicolon.csv", Csv(";"), "Csv" },
        { "bar.csv", Csv("|"), "Csv" },
        { "tab.csv", Csv("\t"), "Csv" },
        { "quoted.csv", "\"text\",\"label\"\r\n" + string.Concat(s_rows.Select(row => $"\"{row.Text}\",\"{row.Label}\"\r\n")), "Csv" },
        { "none-but-header", Csv(";"), "Csv" },
        { "a.tsv", Csv("\t"), "Tsv" },
        { "exported.tsv", "\"text\"\t\"label\"\n" + string.Concat(s_rows.Select(row => $"\"{row.Text}\"\t\"{row.Label}\"\n")), "Tsv" },
        { "b.txt", Csv("\t"), "Tsv" },
        { "a.jsonl", string.Concat(s_rows.Select(row => PlanJson.WriteLine(new { row.Label, other = 1, row.Text }) + "\n")), "JsonLines" },
        { "b", string.Concat(s_rows.Select(row => $"{{\"label\": \"{row.Label}\", \"text\": \"{row.Text}\"}}\n\n")), "JsonLines" },
        { "labels.txt", string.Concat(s_rows.Select(row => $"{row.Label} {row.Text}\n")), "LabelFirst" },
        { "labels.all", string.Concat(s_rows.Select(row => $"{row.Label}\t{row.Text}\r\n")), "LabelFirst" },
        { "texts.txt", string.Concat(s_rows.Select(row => $"{row.Text}\t{row.Label}\n")), "TextFirst" },
    };

    static string Fingerprint { get; } = Reference();

    static string Reference()
    {
        using var folder = new TextFolder();
        foreach (var (row, i) in s_rows.Select((row, i) => (row, i))) folder.With($"{row.Label}/{i}.txt", row.Text + "\n");
        var data = folder.Import();
        Assert.IsType<Folder>(data.Format);
        Assert.Equal(s_rows.OrderBy(row => row.Text, StringComparer.Ordinal), TextFolder.Pairs(data));
        return data.Fingerprint;
    }

    [Theory, MemberData(nameof(Formats))]
    public void The_same_rows_are_the_same_data_in_every_format(string file, string text, string format)
    {
        using var folder = new TextFolder().With(file, text);
        var data = folder.Import(file);
        Assert.Equal(format, data.Format!.GetType().Name);
        Assert.Equal(["cold", "hot"], data.Classes);
        Assert.Equal(s_rows.OrderBy(row => row.Text, StringComparer.Ordinal), TextFolder.Pairs(data));
        Assert.Equal(Fingerprint, data.Fingerprint);
        Assert.Equal(("utf-8", "text", "label"), (data.Encoding, data.TextColumn, data.LabelColumn));
    }

    [Fact]
    public void Every_format_is_tested() =>
        Assert.Equal(Catalog<TextFormat>.Names, Formats.Select(row => row.Data.Item3).Append("Folder").Distinct().Order(StringComparer.OrdinalIgnoreCase));

    [Fact]
    public void Samples_tell_where_they_are_from()
    {
        using var folder = new TextFolder().With("a.csv", "id,body,queue\n1,\"two\nlines, a \"\"quote\"\"\",cold\n\n2,after it,hot\n" + string.Concat(s_rows.Select((row, i) => $"{i + 3},{row.Text},{row.Label}\n")));
        var data = folder.Import("a.csv", settings => settings with { MetadataColumns = ["ID"] });
        var samples = data.Train.Concat(data.Validation).Cast<TextSample>().ToDictionary(sample => sample.Text);
        Assert.Equal((2, "cold", "1"), (samples["two\nlines, a \"quote\""].Line, samples["two\nlines, a \"quote\""].Label, samples["two\nlines, a \"quote\""].Metadata["id"]));
        Assert.Equal((5, folder["a.csv"]), (samples["after it"].Line, samples["after it"].Path));
        Assert.All(samples.Values, sample => Assert.Equal(Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(sample.Text))).ToLowerInvariant(), sample.Id));
        Assert.Equal(data.Count, data.ClassCounts.Sum(count => count.Train + count.Validation + count.Test));
    }

    [Fact]
    public void A_reference_finds_the_same_data_again()
    {
        using var folder = new TextFolder().With("a.csv", Csv(";", "review,stars")).With("t.csv", "review;stars\nnew;hot\n");
        var data = folder.Import("a.csv", settings => settings with { TextColumn = "Review", LabelColumn = "stars", TestPath = folder["t.csv"] });
        var reference = PlanJson.Read<DatasetReference>(PlanJson.Write(data.Reference));
        Assert.Equal(data.Reference, reference);
        Assert.Equal(data.Fingerprint, reference.Open(folder.Workspace, null, TestContext.Current.CancellationToken).Fingerprint);
        Assert.Equal(data.Fingerprint, reference.OpenReadOnly(folder["none"], null, TestContext.Current.CancellationToken).Fingerprint);
        Assert.False(Directory.Exists(folder["none"]));
        var told = (TextDatasetReference)reference;
        Assert.Equal(new Csv { Delimiter = ";" }, told.Format);
        Assert.Equal([folder["a.csv"], folder["t.csv"]], told.Files.Select(file => file.Path));
        Assert.All(told.Files, file => Assert.Equal(64, file.Hash.Length));
        Assert.DoesNotContain(Path.GetDirectoryName(folder["a.csv"])!, PlanJson.Write(reference.WithoutFolders()));
    }

    [Fact]
    public void Splits_come_from_content_from_a_column_or_from_files()
    {
        using var folder = new TextFolder().With("a.csv", Csv() + "text number 0 of hot things,hot\n")
            .With("split.csv", "text,label,Split\n" + string.Concat(s_rows.Select((row, i) => $"{row.Text},{row.Label},{(i < 4 ? "dev" : i < 7 ? "test" : "Train")}\n")))
            .With("set/train.csv", Csv()).With("set/dev.csv", "text,label\na,hot\nb,cold\n").With("set/test.csv", "text,label\nc,hot\n").With("set/readme.md", "x");
        var drawn = folder.Import("a.csv");
        Assert.Equal(21, drawn.Count);
        Assert.All(drawn.Train.Concat(drawn.Validation).GroupBy(sample => sample.Id), same => Assert.Single(same.Select(sample => sample.Split).Distinct()));
        Assert.Equal((13, 4, 3), Sizes(folder.Import("split.csv")));
        Assert.Equal((20, 2, 1), Sizes(folder.Import("set")));
        Assert.Equal((20, 2, 1), Sizes(folder.Import("set/train.csv", settings => settings with { ValidationPath = folder["set/dev.csv"], TestPath = folder["set/test.csv"] })));
        var test = folder.Import("set/train.csv", settings => settings with { TestPath = folder["set/test.csv"] });
        Assert.Equal((20, 1), (test.Train.Count + test.Validation.Count, test.Test.Count));
        Assert.NotEmpty(test.Validation);
        Assert.Equal([null, Split.Test], ((TextDatasetReference)test.Reference).Files.Select(file => file.Split));
        Assert.Equal((0, 0, 1), Sizes(folder.Import("set/test.csv", settings => settings with { TestFraction = 1 })));

        static (int, int, int) Sizes(TextDataset data) => (data.Train.Count, data.Validation.Count, data.Test.Count);
    }

    [Fact]
    public void Folders_of_splits_are_found_as_those_of_images()
    {
        using var folder = new TextFolder();
        foreach (var split in new[] { "train", "val", "test" })
            foreach (var label in new[] { "a", "b" }) folder.With($"{split}/{label}/1.txt", split + label).With($"{split}/{label}/deep/2.txt", split + label + 2);
        var data = folder.With("train/a/notes.md", "x").With("train/loose.txt", "x").Import();
        Assert.Equal((4, 4, 4), (data.Train.Count, data.Validation.Count, data.Test.Count));
        Assert.Equal(folder["train/loose.txt"], Assert.Single(data.Skipped).Path);
    }

    [Fact]
    public void A_group_never_straddles_splits()
    {
        using var folder = new TextFolder().With("a.jsonl", string.Concat(Enumerable.Range(0, 80).Select(i => $"{{\"thread\":\"T{i % 20}-x{i}\",\"who\":\"u{i % 16}\",\"text\":\"message {i}\",\"label\":{i % 2}}}\n")));
        foreach (var (column, pattern, count) in new[] { ("who", (string?)null, 16), ("thread", @"T\d+", 20) })
        {
            var data = folder.Import("a.jsonl", settings => settings with { GroupColumn = column, GroupPattern = pattern });
            var groups = data.Train.Concat(data.Validation).GroupBy(sample => sample.Group!).ToList();
            Assert.Equal(count, groups.Count);
            Assert.All(groups, group => Assert.Single(group.Select(sample => sample.Split).Distinct()));
        }
        var some = folder.With("b.jsonl", "{\"text\":\"x\",\"label\":0}\n{\"text\":\"y\",\"label\":1,\"who\":\"u\"}\n{\"text\":\"x2\",\"label\":0}\n{\"text\":\"y2\",\"label\":1}\n").Import("b.jsonl", settings => settings with { GroupColumn = "who" });
        Assert.Equal(["u"], some.Train.Concat(some.Validation).Select(sample => sample.Group).OfType<string>());
        Assert.Equal("PatternWithoutColumn", folder.Fault("a.jsonl", settings => settings with { GroupPattern = "T" }).Id);
        Assert.Equal("BadGroupPattern", folder.Fault("a.jsonl", settings => settings with { GroupColumn = "who", GroupPattern = "horse" }).Id);
    }

    [Fact]
    public void Labels_are_places_in_a_class_file_where_there_is_one()
    {
        using var folder = new TextFolder().With("dev.txt", string.Concat(s_rows.Select(row => $"{row.Text}\t{(row.Label == "hot" ? 1 : 0)}\n"))).With("names.txt", "cold\nhot\n");
        Assert.Equal(["0", "1"], folder.Import("dev.txt").Classes);
        Assert.Equal(Fingerprint, folder.Import("dev.txt", settings => settings with { ClassFile = folder["names.txt"] }).Fingerprint);
        var found = folder.With("class.txt", "cold\r\nhot").Import("dev.txt");
        Assert.Equal((Fingerprint, folder["class.txt"]), (found.Fingerprint, ((TextDatasetReference)found.Reference).ClassFile));
        File.AppendAllText(folder["dev.txt"], string.Concat(Enumerable.Repeat("good text\t1\n", 40)) + "bad text\t7\n");
        Assert.Contains("line 61: '7' is no index of the 2 classes", folder.Fault("dev.txt").Message);
        Assert.Equal("ClassNamedTwice", folder.With("class.txt", "cold\nhot\ncold\n").Fault("dev.txt").Id);
    }

    [Fact]
    public void Files_without_a_header_are_given_one()
    {
        using var folder = new TextFolder().With("a.csv", string.Concat(s_rows.Select((row, i) => $"{row.Label},{i},{row.Text}\n")));
        Assert.Contains("Header", folder.Fault("a.csv").RecommendedAction);
        Assert.Equal(Fingerprint, folder.Import("a.csv", settings => settings with { Format = new Csv { Header = "label, id, text" } }).Fingerprint);
    }

    [Fact]
    public void Texts_in_memory_are_a_dataset_too()
    {
        var data = TextDataset.Of([("b text", "x", Split.Train), ("a text", "y", Split.Validation), ("c", "x", Split.Test)]);
        Assert.Equal(["x", "y"], data.Classes);
        Assert.Equal((1, 1, 1), (data.Train.Count, data.Validation.Count, data.Test.Count));
        Assert.Equal(("a text", 1), (data.TextAt(1), data.LabelAt(1)));
        Assert.Equal("a text", data.Validation[0].Item);
    }
}

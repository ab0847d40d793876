using System.Text;
using PSFineTune.Data;
using PSFineTune.Data.Texts.Formats;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>What is wrong with a file of texts is one fault, with the line.</summary>
public class TextFaultTests
{
    const string Good = "one,a\ntwo,b\nthree,a\nfour,b\nfive,a\nsix,b\n";

    [Theory]
    [InlineData("text,label\n" + Good + " ,a\n", "BadText", "line 8: its text is empty")]
    [InlineData("text,label\n" + Good + "seven,\n", "BadText", "line 8: its label is empty")]
    [InlineData("text,label\n" + Good + "seven,or eight,a\n", "BadText", "line 8: it has 3 cells, and there are 2 columns")]
    [InlineData("text,label\n" + Good + "seven\n", "BadText", "line 8: it has 1 cells")]
    [InlineData("text,label\n\"one\nand a half\",a\n\n" + Good + "seven\n", "BadText", "line 11: it has 1 cells")]
    [InlineData("text,label\n" + Good + "\"seven\" x,a\n", "BadText", "line 8: the quotes")]
    [InlineData("text,label\n" + Good + "\"seven,a\neight,b\nnine,b\n", "BadText", "line 8")]
    [InlineData("text,label\n" + Good + "\uFEFFtext,label\n", "BadText", "line 8: it begins with a byte order mark")]
    [InlineData("text,label,split\none,a,train\ntwo,b,trial\n", "BadText", "line 3: 'trial' is no split")]
    [InlineData("text,label,Text\none,a,x\n", "DuplicateColumn", "line 1: the column 'text' is there twice")]
    [InlineData("x,y,z\none,a,x\n", "ColumnNotClear", "line 1: no column has a name that tells it to be the text. Columns: 'x', 'y', 'z'")]
    [InlineData("text,y,z\none,a,x\n", "ColumnNotClear", "to be the label")]
    [InlineData("text,label\none,a\ntwo,a\n", "OneClass", "one class alone: 'a'")]
    [InlineData("text,label\none,a\ntwo,b\nthree,b\n", "ClassTooSmall", "Class 'a'")]
    [InlineData("text,label\n" + Good + "seven,A\n", "ClassesDifferInCase", "'A', 'a'")]
    [InlineData("text,label\n", "NoTexts", "No labelled texts")]
    [InlineData("", "NoTexts", "No labelled texts")]
    [InlineData("\n\n", "NoTexts", "No labelled texts")]
    [InlineData("text,label\none\0,a\n", "NotText", "zero bytes")]
    public void Of_a_csv(string text, string id, string part)
    {
        using var folder = new TextFolder().With("a.csv", text);
        var fault = folder.Fault("a.csv");
        Assert.True(fault.Id == id && fault.Message.Contains(part, StringComparison.Ordinal), $"{fault.Id}: {fault.Message}");
    }

    [Theory]
    [InlineData("a.jsonl", "{\"text\":\"x\",\"label\":\"a\"}\n[1]\n", "line 2: it is no JSON object; each line must be one")]
    [InlineData("a.jsonl", "{\"text\":\"x\",\"label\":\"a\"}\n\n{\"text\":\n", "line 3: it is no JSON object from byte")]
    [InlineData("a.jsonl", "{\"text\":\"x\",\"label\":\"a\"}\n{\"text\":\"x\"}\n", "line 2: it has no 'label'")]
    [InlineData("a.jsonl", "{\"text\":\"x\",\"label\":\"a\"}\n{\"text\":\"x\",\"label\":null}\n", "line 2: its label is empty")]
    [InlineData("a.jsonl", "{\"text\":\"x\",\"label\":\"a\"}\n{\"text\":\"x\",\"label\":[1]}\n", "line 2: its 'label' is neither a text nor a number")]
    [InlineData("a.jsonl", "{\"text\":\"x\",\"label\":\"a\"}\n{\"text\":\"\\ud800\",\"label\":\"a\"}\n", "line 2: its 'text' is neither")]
    [InlineData("a.jsonl", "{\"text\":\"x\",\"label\":\"a\"}\n{\"text\":\"x\",\"text\":\"y\",\"label\":\"a\"}\n", "line 2: it has 'text' twice")]
    [InlineData("a.json", "[\n{\"text\":\"x\",\"label\":\"a\"}\n]\n", "Line 1")]
    [InlineData("a.txt", "a one\nb two\na three\nb four\nfive\n", "line 5: it has one word alone")]
    [InlineData("a.all", "one\ta\ntwo\tb\nthree\ta\nfour\tb\nfive\t\n", "line 5: its label is empty")]
    public void Of_other_formats(string file, string text, string part)
    {
        using var folder = new TextFolder().With(file, text);
        var fault = folder.Fault(file, settings => file == "a.txt" ? settings with { Format = new LabelFirst() } : settings);
        Assert.True(fault.Message.Contains(part, StringComparison.Ordinal), fault.Message);
    }

    [Fact]
    public void Of_settings()
    {
        using var folder = new TextFolder().With("a.csv", "subject,body,queue\n").With("b.dat", "no format\nthat anyone knows\nof these lines\n").With("two/train.csv", "x").With("two/train.tsv", "x");
        var fault = folder.Fault("a.csv", settings => settings with { TextColumn = "bodi" });
        Assert.Equal(("UnknownColumn", "Did you mean 'body'?"), (fault.Id, fault.RecommendedAction));
        Assert.Equal("OneColumnTwice", folder.Fault("a.csv", settings => settings with { TextColumn = "queue", LabelColumn = "queue" }).Id);
        Assert.Equal("FormatNotClear", folder.Fault("b.dat").Id);
        Assert.Equal("DatasetNotFound", folder.Fault("none.csv").Id);
        Assert.Equal("DatasetNotFound", folder.Fault("a.csv", settings => settings with { Format = new Folder() }).Id);
        Assert.Equal("TwoFilesOfSplit", folder.Fault("two").Id);
        Assert.Equal("BadFraction", folder.Fault("a.csv", settings => settings with { ValidationFraction = 0 }).Id);
        fault = folder.Fault("a.csv", settings => settings with { Encoding = "utf-9" });
        Assert.Equal(("UnknownName", "Did you mean 'utf-8'?"), (fault.Id, fault.RecommendedAction));
    }

    [Fact]
    public void Rows_that_cannot_be_used_are_counted_or_left_out()
    {
        using var folder = new TextFolder().With("a.csv", "text,label\n,a\n" + Good + "seven\n");
        Assert.Contains("2 of 8 rows", folder.Fault("a.csv").Message);
        foreach (var policy in new[] { BadSamplePolicy.Skip, BadSamplePolicy.Report })
        {
            var data = folder.Import("a.csv", settings => settings with { OnBadText = policy });
            Assert.Equal(6, data.Count);
            Assert.Equal([2, 9], data.Skipped.Select(row => row.Line));
            Assert.All(data.Skipped, row => Assert.True(row.Bad && row.Reason.Contains($"line {row.Line}: ", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void A_column_of_numbers_is_no_column_of_classes()
    {
        using var folder = new TextFolder().With("a.csv", "text,label\n" + string.Concat(Enumerable.Range(0, 10_010).Select(i => $"t,{i}\n")));
        Assert.Equal("TooManyClasses", folder.Fault("a.csv").Id);
    }

    [Fact]
    public void A_quote_that_is_not_closed_and_a_line_without_end_do_not_fill_memory()
    {
        using var folder = new TextFolder().With("a.csv", "text,label\n\"" + new string('x', 9 << 20)).With("b.txt", new string('y', 9 << 20));
        Assert.Equal("TextTooLong", folder.Fault("a.csv").Id);
        Assert.Equal("TextTooLong", folder.Fault("b.txt").Id);
    }

    [Fact]
    public void Mutated_files_end_in_data_or_in_one_fault()
    {
        using var folder = new TextFolder();
        string[] files =
        [
            "text,label,split\n\"one, \"\"1\"\"\n2\",a,train\n" + string.Concat(Enumerable.Range(0, 12).Select(i => $"text {i} é,{(i % 2 == 0 ? "a" : "b")},{(i < 6 ? "train" : "val")}\n")),
            string.Concat(Enumerable.Range(0, 12).Select(i => $"{{\"text\":\"text {i} 内\",\"label\":\"{i % 2}\"}}\n")),
            string.Concat(Enumerable.Range(0, 12).Select(i => $"{i % 2}\ttext {i}\r\n")),
        ];
        string[] names = ["a.csv", "a.tsv", "a.jsonl", "a.txt", "a"];
        var (good, bad) = (0, 0);
        for (var round = 0; round < 600; round++)
        {
            var random = RandomStream.For(5, round, "mutated texts");
            var bytes = Encoding.UTF8.GetBytes(files[random.Below(files.Length)]).ToList();
            for (var change = random.Below(6); change >= 0; change--)
            {
                var at = random.Below(bytes.Count);
                switch (random.Below(4))
                {
                    case 0: bytes[at] = (byte)random.Below(256); break;
                    case 1: bytes.RemoveRange(at, Math.Min(bytes.Count - at - 1, random.Below(12))); break;
                    case 2: bytes.Insert(at, "\",\t\n\r\0{}\\\uFEFF"u8.ToArray()[random.Below(11)]); break;
                    default: bytes.InsertRange(at, bytes.GetRange(0, Math.Min(bytes.Count, random.Below(40)))); break;
                }
            }
            var name = names[random.Below(names.Length)];
            folder.With(name, [.. bytes]);
            try
            {
                Assert.NotEqual(0, folder.Import(name, settings => settings with { OnBadText = round % 2 == 0 ? BadSamplePolicy.Stop : BadSamplePolicy.Skip }).Count);
                good++;
            }
            catch (FineTuneException fault)
            {
                Assert.NotEmpty(fault.Message);
                bad++;
            }
        }
        Assert.InRange(good, 60, 540);
        Assert.InRange(bad, 60, 540);
    }
}

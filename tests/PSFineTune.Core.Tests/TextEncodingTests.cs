using System.Text;
using PSFineTune.Data;
using PSFineTune.Data.Texts;
using Xunit;

namespace PSFineTune.Tests;

public class TextEncodingTests
{
    static readonly string s_chinese = "text,label\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"同步A股首秀：港股缩量回调，第{i}天,{(i % 2 == 0 ? "股票" : "财经")}\n"));
    static readonly string s_western = "text,label\n" + string.Concat(Enumerable.Range(0, 20).Select(i => $"Größe und Übermaß Nr. {i}, déjà vu à l’été,{(i % 2 == 0 ? "café" : "thé")}\n").Select(line => line.Replace(", d", "; d")));

    public static TheoryData<string, bool, bool, string, bool> Encodings => new()
    {
        // name, with a mark, Chinese; what is found and whether that is sure
        { "utf-8", false, true, "utf-8", true },
        { "utf-8", true, true, "utf-8", true },
        { "utf-16", true, true, "utf-16", true },
        { "utf-16BE", true, true, "utf-16BE", true },
        { "utf-16", false, false, "utf-16", false },
        { "utf-16BE", false, false, "utf-16BE", false },
        { "utf-32", true, false, "utf-32", true },
        { "gb18030", false, true, "gb18030", true },
        { "windows-1252", false, false, "windows-1252", false },
    };

    [Theory, MemberData(nameof(Encodings))]
    public void Encodings_are_found_and_the_texts_are_the_same(string name, bool mark, bool chinese, string found, bool sure)
    {
        var text = chinese ? s_chinese : s_western;
        var encoding = TextEncoding.Of(name);
        using var folder = new TextFolder().With("a.csv", [.. mark ? encoding.GetBytes("\uFEFF") : [], .. encoding.GetBytes(text)]).With("utf8.csv", text);
        var data = folder.Import("a.csv");
        Assert.Equal(found, data.Encoding);
        Assert.Equal(sure, data.Doubts.Count == 0);
        Assert.Equal(folder.Import("utf8.csv").Fingerprint, data.Fingerprint);
        Assert.Equal(data.Fingerprint, folder.Import("a.csv", settings => settings with { Encoding = name }).Fingerprint);
        Assert.Empty(folder.Import("a.csv", settings => settings with { Encoding = name.ToUpperInvariant() }).Doubts);
    }

    [Fact]
    public void A_spoiled_line_of_utf8_is_told_and_not_guessed_away()
    {
        var bytes = Encoding.UTF8.GetBytes(s_chinese);
        var at = Array.IndexOf(bytes, (byte)'\n', 2000);
        var line = bytes.AsSpan(0, at).Count((byte)'\n') + 2;
        bytes[at + 1] = 0xFF;
        using var folder = new TextFolder().With("a.csv", bytes);
        Assert.Contains($"line {line}: it has bytes that are not utf-8", folder.Fault("a.csv").Message);
        var data = folder.Import("a.csv", settings => settings with { OnBadText = BadSamplePolicy.Skip });
        Assert.Equal((59, line), (data.Count, Assert.Single(data.Skipped).Line));
    }

    [Fact]
    public void Bytes_that_are_none_of_the_given_encoding_are_told()
    {
        using var folder = new TextFolder().With("a.csv", TextEncoding.Of("windows-1252").GetBytes(s_western));
        Assert.Contains("line 2: it has bytes that are not utf-8", folder.Fault("a.csv", settings => settings with { Encoding = "utf8" }).Message);
        Assert.Contains("line 2: it has bytes that are not us-ascii", folder.Fault("a.csv", settings => settings with { Encoding = "ascii" }).Message);
    }

    [Fact]
    public void A_sequence_across_blocks_is_whole()
    {
        // One letter before the texts moves every sequence of three bytes by one, so some lie across the end of the first MiB.
        for (var shift = 0; shift < 3; shift++)
        {
            using var stream = new MemoryStream(Encoding.UTF8.GetBytes(new string('x', shift) + new string('内', 400_000)));
            Assert.Equal(new("utf-8", true), EncodingGuess.Of(stream));
            using var chinese = new MemoryStream(TextEncoding.Of("gb18030").GetBytes(new string('x', shift) + new string('内', 600_000)));
            Assert.Equal(new("gb18030", true), EncodingGuess.Of(chinese));
        }
    }

    [Fact]
    public void Real_files_are_read()
    {
        using var folder = new TextFolder();
        var trec = Import("sent-conv/TREC.train.all", "sent-conv/TREC.test.all");
        Assert.Equal((6, 5452, 500, "windows-1252, utf-8", "LabelFirst"), (trec.Classes.Count, trec.Train.Count + trec.Validation.Count, trec.Test.Count, trec.Encoding, trec.Format!.GetType().Name));
        Assert.Contains(TextFolder.Pairs(trec), pair => pair.Text.Contains("sisterðcity", StringComparison.Ordinal));
        var sst = Import("sent-conv/stsa.binary.train", "sent-conv/stsa.binary.test", "sent-conv/stsa.binary.dev");
        Assert.Equal((6920, 872, 1821), (sst.Train.Count, sst.Validation.Count, sst.Test.Count));
        var sms = Import("sms-spam/SMSSpamCollection");
        Assert.Equal((5574, "Tsv"), (sms.Count, sms.Format!.GetType().Name));
        Assert.Equal(["ham", "spam"], sms.Classes);
        var news = Import("thucnews-titles/dev.txt", "thucnews-titles/test.txt");
        Assert.Equal((10, 10_000, "TextFirst"), (news.Classes.Count, news.Test.Count, news.Format!.GetType().Name));
        Assert.Contains("stocks", news.Classes);

        TextDataset Import(string file, string? test = null, string? validation = null) => TextDataset.Import(new()
        {
            Root = Assets.Path("text/" + file),
            TestPath = test is null ? null : Assets.Path("text/" + test),
            ValidationPath = validation is null ? null : Assets.Path("text/" + validation),
        }, folder.Workspace, TestContext.Current.CancellationToken);
    }
}

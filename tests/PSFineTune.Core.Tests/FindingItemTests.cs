using System.Text;
using PSFineTune.Audit;
using PSFineTune.Data;
using PSFineTune.Data.Texts;
using PSFineTune.Pictures;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>What stands above the pictures and texts of findings, and that the texts stand there.</summary>
public sealed class FindingItemTests : IDisposable
{
    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("'hat/a's.jpg' is byte by byte a copy of 'shoes/b.jpg'.", "byte by byte a copy of the other")]
    [InlineData("'hat/a's.jpg', labelled 'hat', shows 'shoes/b.jpg', labelled 'shoes', mirrored.", "labelled 'hat', shows the other, labelled 'shoes', mirrored")]
    [InlineData("'hat/a's.jpg', which is for the test, has the pixels of 'shoes/b.jpg', which is for training.", "for the test, has the pixels of the other, which is for training")]
    [InlineData("'{0}' is no image.", "no image")]
    [InlineData("'a's.jpg' has a full path of 300 characters; many Windows programs open 259 at most.", "has a full path of 300 characters; many Windows programs open 259 at most")]
    [InlineData("It is labelled 'hat' and looks like 'shoes': by the other samples 93 % against 2 %.", "labelled 'hat' and looks like 'shoes': by the other samples 93 % against 2 %")]
    [InlineData("The folder 'hat/a's.jpg' is hidden.", "The folder 'a's.jpg' is hidden")]
    [InlineData("", "")]
    public void A_reason_is_the_message_without_what_is_seen(string message, string reason)
    {
        var (path, other) = (_folder[Path.Combine("hat", "a's.jpg")], _folder[Path.Combine("shoes", "b.jpg")]);
        Assert.Equal(reason, FindingReason.Of(new() { Path = path, RelatedPath = other, Message = message.Replace("{0}", path) }));
    }

    [Fact]
    public void A_pair_says_the_reason_and_who_is_who()
    {
        var item = FindingItem.Of(new() { Rule = "DuplicateImage", Path = _folder["train/hat/b.jpg"], RelatedPath = _folder["train/hat/a.jpg"], Message = "'train/hat/b.jpg' is byte by byte a copy of 'train/hat/a.jpg'." });
        Assert.Equal("DuplicateImage: byte by byte a copy of the other\nhat/b.jpg", item.Title);
        Assert.Equal("the other\nhat/a.jpg", item.Beside?.Title);
        Assert.Equal("TinyImage\nhat/b.jpg", FindingItem.Of(new() { Rule = "TinyImage", Path = _folder["hat/b.jpg"] }).Title);
    }

    [Fact]
    public void The_name_keeps_its_line_below_a_reason_that_is_too_long()
    {
        Lettering dots = new DotLettering();
        Assert.Equal(["one two", "three fou…", "a/b.jpg"], dots.Lines("one two three four five\na/b.jpg", 10, 60, 3));
        Assert.Equal(["one", "a/b.jpg"], dots.Lines("one\na/b.jpg", 10, 60, 5));
        Assert.Single(dots.Lines("one\ntwo", 10, 90, 1));
    }

    [Fact]
    public void Every_text_that_an_audit_finds_is_read_back()
    {
        // Another text column than the usual one, a quoted cell over two lines, and Chinese.
        File.WriteAllText(_folder["desk.csv"], "title,queue,words\nx,a,the printer is out of paper again\nx,a,\"它打印不出来\n了，请尽快修复\"\nx,b,它打印不出来 了 请尽快修复\nx,a,the printer is out of paper again\nx,,no label here\nx,b,screen flickers\nx,b,mouse is gone\n");
        var found = Audit(new() { Root = _folder["desk.csv"], TextColumn = "words", TestFraction = 1, OnBadText = BadSamplePolicy.Skip });
        Assert.Equal(["ConflictingTextLabel", "DuplicateText", "UnusableText"], found.Select(one => one.Rule).Order());
        var items = FindingTexts.Read([.. found.Select(FindingItem.Of)], int.MaxValue, default).ToDictionary(item => item.Finding!.Rule);

        var conflict = items["ConflictingTextLabel"];
        Assert.Equal(("它打印不出来 了 请尽快修复", "它打印不出来\n了，请尽快修复"), (conflict.Attribution?.Text, conflict.Beside?.Attribution?.Text));
        Assert.Equal("ConflictingTextLabel: labelled 'b' here and 'a' there\ndesk.csv, line 5", conflict.Title);
        Assert.Equal("the other\ndesk.csv, line 3", conflict.Beside?.Title);
        Assert.Equal("the printer is out of paper again", items["DuplicateText"].Attribution?.Text);
        Assert.Equal("DuplicateText: there already\ndesk.csv, line 6", items["DuplicateText"].Title);
        Assert.Equal("UnusableText: its label is empty\ndesk.csv, line 7", items["UnusableText"].Title);
        Assert.Equal("no label here", items["UnusableText"].Attribution?.Text);
    }

    [Theory, InlineData("a.tsv", "label\ttext"), InlineData("a.csv", "text,label"), InlineData("a.jsonl", "{"), InlineData("a.txt", "spam "), InlineData("a.data", "spam\t")]
    public void Texts_are_found_by_their_lines_in_files_of_any_format(string name, string kind)
    {
        string Row(string label, string text) => kind[0] switch
        {
            'l' => $"{label}\t{text}", 't' => $"\"{text}\",{label}", '{' => $$"""{"id":[1],"text":"{{text}}","label":"{{label}}"}""", _ => label + kind[4] + text,
        };
        string[] rows = [.. kind[0] is 'l' or 't' ? [kind] : Array.Empty<string>(), .. Enumerable.Range(1, 30).Select(row => Row(row % 2 == 0 ? "spam" : "ham", $"text, number {row}"))];
        File.WriteAllLines(_folder[name], rows, new UnicodeEncoding());
        string? column = null;
        var first = rows.Length - 30;
        Assert.Equal(new() { [first + 3] = "text, number 3", [first + 30] = "text, number 30" }, TextPlaces.Read(_folder[name], [new(_folder[name], first + 3, ""), new(_folder[name], first + 30, "")], ref column, default));
    }

    [Fact]
    public void Files_of_class_folders_are_one_text_each()
    {
        foreach (var (path, text) in ((string, string)[])[("a/1.txt", "first line\nsecond line of it"), ("a/2.txt", "FIRST line, second line of it"), ("b/1.txt", "another"), ("b/2.txt", "more")])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_folder[path])!);
            File.WriteAllText(_folder[path], text);
        }
        var item = Assert.Single(FindingTexts.Read([.. Audit(new() { Root = _folder.Path, TestFraction = 1 }).Where(one => one.Rule == "DuplicateText").Select(FindingItem.Of)], 9, default));
        Assert.Equal(("FIRST line, second line of it", "first line\nsecond line of it"), (item.Attribution?.Text, item.Beside?.Attribution?.Text));
    }

    [Fact]
    public void What_is_gone_or_not_shown_is_not_read()
    {
        File.WriteAllText(_folder["a.csv"], "text,label\none,a\n");
        AuditFinding Of(string file, int? line) => new() { Rule = "DuplicateText", Path = _folder[file], Line = line, Message = "'one' is there already." };
        GridItem[] items = [.. ((AuditFinding[])[Of("a.csv", 2), Of("a.csv", 9), Of("none.csv", 2), Of("a.csv", null), Of("a.csv", 2)]).Select(FindingItem.Of)];
        var read = FindingTexts.Read(items, 4, default);
        Assert.Equal(["one", null, null, null, null], read.Select(item => item.Attribution?.Text));
        Assert.Equal("DuplicateText: 'one' is there already\na.csv, line 9", read[1].Title);
        File.WriteAllText(_folder["a.csv"], "text,label\n" + string.Concat(Enumerable.Repeat("😀", 9999)) + ",a\n");
        Assert.Equal(4001, FindingTexts.Read(items, 1, default)[0].Attribution?.Text?.Length);
    }

    static List<AuditFinding> Audit(TextDatasetReference settings) =>
        [.. new DataAudit(DataAudit.Rules(name => name is "DuplicateText" or "ConflictingTextLabel" or "UnusableText"), "", null, default).Run(settings.OpenReadOnly("", null, default))];
}

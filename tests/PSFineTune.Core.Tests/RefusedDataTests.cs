using PSFineTune.Audit;
using PSFineTune.Audit.Rules;
using PSFineTune.Data;
using PSFineTune.Training;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>Audits of what an import refuses, or half of it: what is refused is found, and ends nothing.</summary>
public sealed class RefusedDataTests : IDisposable
{
    readonly TempFolder _temp = new();
    readonly TempFolder _workspace = new();

    public void Dispose()
    {
        _temp.Dispose();
        _workspace.Dispose();
    }

    [Fact]
    public void Rows_that_cannot_be_used_are_errors_at_their_lines()
    {
        var file = Rows(20, "no label,\n,a\n");
        var found = Audit(file);
        Assert.Equal([(nameof(UnusableText), FindingSeverity.Error, file, 22), (nameof(UnusableText), FindingSeverity.Error, file, 23)], found.Select(one => (one.Rule, one.Severity, one.Path, one.Line ?? 0)));
        Assert.Contains("label is empty", found[0].Message);
        var data = new TextDatasetReference { Root = file }.Without(found.Select(one => new Exclusion(one.Path, one.Line, _temp.Path, IsFinding: true))).OpenReadOnly("", null, default);
        Assert.Equal((20, 0), (data.Count, data.UnmetExclusions));
    }

    [Fact]
    public void A_file_that_is_no_text_and_one_in_no_class_folder_are_findings()
    {
        Folders(("a", 8), ("b", 8));
        File.WriteAllBytes(_temp["a/binary.txt"], [0, 1, 2, 0, 255, 0, 0, 0]);
        File.WriteAllText(_temp["readme.txt"], "what this is");
        var found = Audit(_temp.Path);
        Assert.Equal([(nameof(UnusableText), FindingSeverity.Error, _temp["a/binary.txt"]), (nameof(UnusableText), FindingSeverity.Warning, _temp["readme.txt"])], found.Select(one => (one.Rule, one.Severity, one.Path)));
        Assert.Equal("NotText", Assert.Throws<FineTuneException>(() => Import(new() { Root = _temp.Path })).Id);
        Assert.Equal((16, 2), Import(new() { Root = _temp.Path, OnBadText = BadSamplePolicy.Skip }) is var some ? (some.Count, some.Skipped.Count) : default);
        var data = new TextDatasetReference { Root = _temp.Path }.Without(found.Select(one => new Exclusion(one.Path, one.Line, _temp.Path, IsFinding: true))).OpenReadOnly("", null, default);
        Assert.Equal((16, 0), (data.Count, data.UnmetExclusions));
    }

    [Theory, InlineData(false), InlineData(true)]
    public void A_class_of_texts_that_is_too_small_is_told_once(bool isFolder)
    {
        if (isFolder) Folders(("a", 8), ("b", 8), ("c", 1));
        var root = isFolder ? _temp.Path : Rows(16, "alone,c\n");
        Assert.Equal("ClassTooSmall", Assert.Throws<FineTuneException>(() => Import(new() { Root = root })).Id);
        var finding = Assert.Single(Audit(root));
        Assert.Equal((nameof(DataLayout), FindingSeverity.Error, root), (finding.Rule, finding.Severity, finding.Path));
        Assert.Contains("'c'", finding.Message);
    }

    [Fact]
    public void A_class_that_files_of_splits_lack_is_told_by_its_own_rule()
    {
        File.WriteAllText(_temp["train.csv"], "text,label\none,a\ntwo,b\nthree,c\n");
        File.WriteAllText(_temp["validation.csv"], "text,label\nfour,a\nfive,b\n");
        Assert.Equal(nameof(ClassInOneSplit), Assert.Single(Audit(_temp.Path)).Rule);
    }

    [Fact]
    public void Labels_that_cannot_be_judged_end_no_audit()
    {
        using var folder = new AuditedFolder();
        var lone = folder.Put("alone/one.png", File.ReadAllBytes(folder.Image("hotdog", 0)));
        var found = folder.Findings(_ => true);
        Assert.Equal([nameof(ConflictingImageLabel), nameof(ClassInOneSplit), nameof(ClassImbalance), nameof(LikelyLabelError)],
            found.Select(one => one.Rule).OrderBy(rule => Array.IndexOf([nameof(ConflictingImageLabel), nameof(ClassInOneSplit), nameof(ClassImbalance), nameof(LikelyLabelError)], rule)));
        var last = found[^1];
        Assert.Equal((nameof(LikelyLabelError), FindingSeverity.Information, folder.Root), (last.Rule, last.Severity, last.Path));
        Assert.StartsWith("Labels were not judged: ", last.Message);
        Assert.True(File.Exists(lone));
    }

    [Fact]
    public void A_link_that_leads_to_itself_is_a_bad_image()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Links need rights there.");
        using var folder = new AuditedFolder();
        var link = folder["hotdog/loop.png"];
        File.CreateSymbolicLink(link, link);
        File.CreateSymbolicLink(folder["hotdog/one"], folder["hotdog/two"]);
        File.CreateSymbolicLink(folder["hotdog/two"], folder["hotdog/one"]);
        var finding = Assert.Single(folder.Findings());
        Assert.Equal((nameof(UnreadableImage), link), (finding.Rule, finding.Path));
        var settings = new ImageDatasetReference { Root = folder.Root };
        Assert.Equal("BadImage", Assert.Throws<FineTuneException>(() => ImageDataset.Import(settings, folder.Workspace, default)).Id);
        Assert.Equal(link, Assert.Single(ImageDataset.Import(settings with { OnBadImage = BadSamplePolicy.Skip }, folder.Workspace, default).Skipped).Path);
    }

    [Theory, InlineData("logo.png"), InlineData("assets/logo.svg"), InlineData("a/favicon.ico")]
    public void A_picture_beside_texts_makes_no_images_of_them(string picture)
    {
        Folders(("a", 8), ("b", 8));
        File.WriteAllText(_temp["b/7.txt"], "text 0 of b");
        Directory.CreateDirectory(Path.GetDirectoryName(_temp[picture])!);
        File.WriteAllBytes(_temp[picture], [1, 2, 3]);
        Assert.Contains(Audit(_temp.Path), one => one.Rule == nameof(DuplicateText));
    }

    [Fact]
    public void A_readme_beside_loose_images_makes_no_texts_of_them()
    {
        Pictures.Write(_temp["one.png"], 1, width: 32, height: 32);
        File.WriteAllText(_temp["readme.txt"], "photos");
        Assert.Contains(Audit(_temp.Path), one => one.Rule == nameof(LooseImage));
    }

    List<AuditFinding> Audit(string path) => [.. new DataAudit(DataAudit.Rules(null), _workspace.Path, null, TestContext.Current.CancellationToken).Run(path)];

    static TextDataset Import(TextDatasetReference settings) => (TextDataset)settings.OpenReadOnly("", null, TestContext.Current.CancellationToken);

    string Rows(int count, string more)
    {
        var file = _temp["rows.csv"];
        File.WriteAllText(file, "text,label\n" + string.Concat(Enumerable.Range(0, count).Select(i => $"row {i},{(i % 2 == 0 ? "a" : "b")}\n")) + more);
        return file;
    }

    void Folders(params (string Name, int Count)[] classes)
    {
        foreach (var (name, count) in classes)
            for (var i = 0; i < count; i++)
            {
                Directory.CreateDirectory(_temp[name]);
                File.WriteAllText(_temp[$"{name}/{i}.txt"], $"text {i} of {name}");
            }
    }
}

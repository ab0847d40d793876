using System.Reflection;
using PSFineTune.Audit;
using PSFineTune.Audit.Rules;
using PSFineTune.Data;
using PSFineTune.Imaging;
using PSFineTune.Training;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>Every rule finds what it is there for, at the right file, and nothing in a clean set.</summary>
public class AuditTests
{
    const BindingFlags Own = BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>Rules of images and of data of any kind; those of texts alone, those that run where they are named, and what no small folder has, have tests of their own.</summary>
    public static TheoryData<string> EveryRule =>
        [.. Catalog<AuditRule>.Types.Where(type => (type.GetMethod("Check", Own) ?? type.GetMethod("CheckImages", Own)) is not null && !Catalog<AuditRule>.Create(type.Name).OnRequest && type.Name is not (nameof(UnreadableFolder) or nameof(HugeImage))).Select(type => type.Name)];

    [Theory, MemberData(nameof(EveryRule))]
    public void A_planted_defect_is_found_by_its_rule_at_its_path(string rule)
    {
        using var folder = new AuditedFolder(AuditedFolder.NeedsSplits(rule));
        Assert.Contains(rule, AuditedFolder.Plants.Keys);
        var path = AuditedFolder.Plants[rule](folder);
        var found = folder.Findings(name => name == rule);
        var finding = Assert.Single(found, finding => finding.Path == path);
        Assert.All(found, one => Assert.Equal(rule, one.Rule));
        Assert.EndsWith(".", finding.Message);
        Assert.True(Path.Exists(finding.RelatedPath ?? path));
    }

    [Theory, InlineData(false), InlineData(true)]
    public void A_clean_set_gives_nothing(bool splits)
    {
        using var folder = new AuditedFolder(splits);
        Assert.Empty(folder.Findings());
        Assert.Empty(folder.Findings(Imported(folder)));
    }

    [Theory, InlineData("hotdog/deep/a"), InlineData("closed")]
    public void A_folder_that_cannot_be_listed_is_a_finding(string closed)
    {
        using var folder = new AuditedFolder();
        var survey = new ImageSurveyor(ImageListing.OfFolder(folder.Root, default) with { Closed = [closed] }, null).Run(null, default);
        var finding = Assert.Single(new UnreadableFolder().CheckImages(survey));
        Assert.Equal((folder[closed], FindingSeverity.Error), (finding.Path, finding.Severity));
    }

    [Fact]
    public void A_huge_image_is_one_of_more_than_forty_megapixels()
    {
        var survey = Survey([(8000, 5001), (8000, 5000), (300, 200), (300, 200)]);
        Assert.Equal(survey.PlaceAt(0).Path, Assert.Single(new HugeImage().CheckImages(survey)).Path);
    }

    [Fact]
    public void What_most_images_are_is_no_exception()
    {
        var survey = Survey([(9, 9), (9, 300), (9, 9), (300, 200)]);
        Assert.Empty(new TinyImage().CheckImages(survey));
    }

    [Theory]
    [InlineData("Straße", "STRASSE", false), InlineData("Hat", "hat", true), InlineData("caf\u00e9", "cafe\u0301", true), InlineData("cafe", "cafe\u0301", false), InlineData("\ud55c\uae00", "\u1112\u1161\u11ab\u1100\u1173\u11af", true), InlineData("caf\u00e9", "caf\u00e8", false), InlineData("a b", "a  b", true), InlineData("cap", "cup", false)]
    public void Names_are_compared_as_other_systems_do(string one, string other, bool same)
    {
        var classes = new[] { one, other }.Order(StringComparer.Ordinal).ToArray();
        var survey = new ImageSurvey(new() { Root = Path.GetTempPath(), Files = [], Classes = classes }, new([]), [], [], ([], []), []);
        Assert.Equal(same ? 1 : 0, new SimilarClassNames().Check(survey).Count());
    }

    [Fact]
    public void Copies_give_one_finding_less_than_there_are_and_name_the_first()
    {
        using var folder = new AuditedFolder();
        var bytes = File.ReadAllBytes(folder.Image("hotdog", 0));
        for (var i = 0; i < 4; i++) folder.Put($"hotdog/z{i}.png", bytes);
        var found = folder.Findings();
        Assert.Equal(4, found.Count);
        Assert.All(found, finding => Assert.Equal(("DuplicateImage", folder.Image("hotdog", 0)), (finding.Rule, finding.RelatedPath)));
    }

    [Theory, InlineData(true), InlineData(false)]
    public void A_leak_is_told_of_the_file_that_is_measured(bool mirrored)
    {
        using var folder = new AuditedFolder(splits: true);
        var leak = folder.Put("validation/not-hotdog/a.webp", AuditedFolder.Again(folder.Image("train/not-hotdog", 2), ImageFormat.Webp, mirrored));
        var finding = Assert.Single(folder.Findings(Imported(folder)));
        Assert.Equal(("LeakedImage", FindingSeverity.Error, leak, folder.Image("train/not-hotdog", 2)), (finding.Rule, finding.Severity, finding.Path, finding.RelatedPath));
        Assert.Contains(mirrored ? "mirrored" : "encoding", finding.Message);
    }

    [Fact]
    public void One_picture_under_two_labels_in_two_splits_is_both()
    {
        using var folder = new AuditedFolder(splits: true);
        folder.Put("validation/not-hotdog/a.png", File.ReadAllBytes(folder.Image("train/hotdog", 2)));
        Assert.Equal(["ConflictingImageLabel", "LeakedImage"], folder.Findings().Select(finding => finding.Rule).Order());
    }

    [Fact]
    public void The_gravest_come_first()
    {
        using var folder = new AuditedFolder();
        foreach (var rule in new[] { "ExifRotation", "DuplicateImage", "UnreadableImage" }) AuditedFolder.Plants[rule](folder);
        Assert.Equal([FindingSeverity.Error, FindingSeverity.Warning, FindingSeverity.Information], folder.Findings().Select(finding => finding.Severity));
    }

    [Fact]
    public void An_audit_changes_no_file_and_leaves_no_trace()
    {
        using var folder = new AuditedFolder();
        foreach (var (rule, plant) in AuditedFolder.Plants)
            if (!AuditedFolder.NeedsSplits(rule)) plant(folder);
        var before = FileTree.Of(folder.Root);
        Assert.NotEmpty(folder.Findings());
        Assert.Equal(before, FileTree.Of(folder.Root));
        Assert.False(Directory.Exists(folder.Workspace));
    }

    [Fact]
    public void An_audit_stops_when_it_is_told_to()
    {
        using var folder = new AuditedFolder();
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => new DataAudit(DataAudit.Rules(null), folder.Workspace, null, stop.Token).Run(folder.Root).ToList());
    }

    [Fact]
    public void What_is_not_there_is_a_fault() => Assert.Equal("DatasetNotFound", Assert.Throws<FineTuneException>(
        () => new DataAudit(DataAudit.Rules(null), "none", null, default).Run(Path.Combine(Path.GetTempPath(), "psfinetune-none")).ToList()).Id);

    static ImageDataset Imported(AuditedFolder folder) => ImageDataset.Import(new() { Root = folder.Root }, folder.Workspace, TestContext.Current.CancellationToken);

    static ImageSurvey Survey((int Width, int Height)[] sizes)
    {
        var names = sizes.Select((_, i) => $"a/{i}.png").ToArray();
        return new(new() { Root = Path.GetTempPath(), Files = [], Classes = ["a"] }, new(names), new int[sizes.Length], new Split[sizes.Length],
            ([.. sizes.Select((size, i) => new ImageGlance(1, size.Width, size.Height, EncodedFormat.Png, 1, ImageTraits.None, false, 50, 50, ((ulong)i, 1), ((ulong)i, 2)))],
            [.. sizes.Select(_ => new byte[Thumbnail.Size])]), []);
    }
}

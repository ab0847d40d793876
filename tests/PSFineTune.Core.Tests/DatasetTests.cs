using PSFineTune.Data;
using Xunit;

namespace PSFineTune.Tests;

public class DatasetTests
{
    [Fact]
    public void The_fingerprint_is_of_content_label_and_split_and_not_of_names()
    {
        using var folder = new DatasetFolder().With("cat", 5).With("dog", 5);
        var print = folder.Import().Fingerprint;
        Assert.Equal(64, print.Length);
        File.Move(folder["cat/0.png"], folder["cat/renamed.png"]);
        Assert.Equal(print, folder.Import().Fingerprint);
        Assert.NotEqual(print, folder.Import(settings => settings with { ValidationFraction = 0.6 }).Fingerprint);
        Directory.Move(folder["cat"], folder["cats"]);
        Assert.NotEqual(print, folder.Import().Fingerprint);
        Directory.Move(folder["cats"], folder["cat"]);
        File.Move(folder["cat/renamed.png"], folder["dog/renamed.png"]);
        Assert.NotEqual(print, folder.Import().Fingerprint);
    }

    [Fact]
    public void A_reference_finds_the_same_data_again_and_survives_json()
    {
        using var folder = new DatasetFolder().With("cat", 6).With("dog", 6);
        var data = folder.Import(settings => settings with { ValidationFraction = 0.4, GroupPattern = @"\d", Seed = 5 });
        var reference = PlanJson.Read<DatasetReference>(PlanJson.Write(data.Reference));
        Assert.Equal(data.Reference, reference);
        Assert.Equal(data.Reference.GetHashCode(), reference.GetHashCode());
        Assert.NotEqual(data.Reference, reference with { Seed = 6 });
        var again = reference.Open(folder.Workspace, null, TestContext.Current.CancellationToken);
        Assert.Equal(data.Fingerprint, again.Fingerprint);
        Assert.Equal(data.Train.Select(sample => sample.Id), again.Train.Select(sample => sample.Id));
        Assert.Equal(data.Reference, again.Reference);
    }

    [Fact]
    public void Photos_in_split_folders_are_imported()
    {
        using var workspace = new TempFolder();
        var data = ImageDataset.Import(new() { Root = Assets.Path("datasets/clothing-tiny") }, workspace.Path, TestContext.Current.CancellationToken);
        Assert.Equal(10, data.Classes.Count);
        Assert.Empty(data.Skipped);
        Assert.All(data.ClassCounts, count => Assert.True(count.Train > 0 && count.Validation > 0));
    }
}

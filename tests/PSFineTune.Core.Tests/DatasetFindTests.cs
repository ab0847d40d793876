using PSFineTune.Data;
using Xunit;

namespace PSFineTune.Tests;

public class DatasetFindTests
{
    [Fact]
    public void Class_folders_give_classes_in_ordinal_order()
    {
        using var folder = new DatasetFolder().With("b", 6).With("a", 6).With("Z", 6);
        var data = folder.Import();
        Assert.Equal(["Z", "a", "b"], data.Classes);
        Assert.Equal(18, data.Count);
        Assert.Equal(18, data.Train.Count + data.Validation.Count);
        Assert.All(data.Train, sample => Assert.Equal(folder[$"{sample.Label}/{Path.GetFileName(((ImageSample)sample).Path)}"], ((ImageSample)sample).Path));
        Assert.Equal(data.Count, data.ClassCounts.Sum(count => count.Train + count.Validation + count.Test));
    }

    [Fact]
    public void Folders_below_a_class_belong_to_it()
    {
        using var folder = new DatasetFolder().With("cat/black/young", 3).With("cat", 3).With("dog", 5);
        var data = folder.Import();
        Assert.Equal(["cat", "dog"], data.Classes);
        Assert.Equal(6, data.ClassCounts[0].Train + data.ClassCounts[0].Validation);
    }

    [Theory]
    [InlineData("train", "validation", "test")]
    [InlineData("Train", "VAL", "TEST")]
    [InlineData("TRAIN", "Valid", "Test")]
    public void Split_folders_are_found_and_fractions_do_not_apply(string train, string validation, string test)
    {
        using var folder = new DatasetFolder();
        foreach (var label in new[] { "cat", "dog" }) folder.With($"{train}/{label}", 5).With($"{validation}/{label}", 3).With($"{test}/{label}", 2);
        var data = folder.Import(settings => settings with { ValidationFraction = 0.7, TestFraction = 0.2 });
        Assert.Equal((10, 6, 4), (data.Train.Count, data.Validation.Count, data.Test.Count));
        Assert.All(data.Test, sample => Assert.StartsWith(folder[test], ((ImageSample)sample).Path));
    }

    [Fact]
    public void Validation_is_taken_from_train_where_only_test_is_told()
    {
        using var folder = new DatasetFolder();
        foreach (var label in new[] { "cat", "dog" }) folder.With($"train/{label}", 20).With($"test/{label}", 2);
        var data = folder.Import(settings => settings with { ValidationFraction = 0.3, TestFraction = 0.3 });
        Assert.Equal(4, data.Test.Count);
        Assert.InRange(data.Validation.Count, 2, 38);
        Assert.Equal(40, data.Train.Count + data.Validation.Count);
    }

    [Fact]
    public void A_class_may_be_called_valid_where_there_is_no_train() =>
        Assert.Equal(["invalid", "valid"], Imported(new DatasetFolder().With("valid", 5).With("invalid", 5)).Classes);

    [Fact]
    public void Hidden_and_system_entries_are_passed_over_and_other_files_counted()
    {
        using var folder = new DatasetFolder().With("cat", 5).With("dog", 5).WithText("dog/notes.txt", "x").WithText("readme.md", "x").WithFile("loose.png", 9);
        foreach (var hidden in new[] { ".git", "__MACOSX", ".ipynb_checkpoints", "@eaDir", "$RECYCLE.BIN", "System Volume Information" })
            folder.With(hidden, 1).With("cat/" + hidden, 1);
        folder.WithFile("cat/.hidden.png", 1).WithText("cat/Thumbs.db", "x");
        var data = folder.Import();
        Assert.Equal((10, 2), (data.Count, data.Ignored));
        var skipped = Assert.Single(data.Skipped);
        Assert.Equal((folder["loose.png"], false), (skipped.Path, skipped.Bad));
    }

    [Theory]
    [InlineData("a.JPG"), InlineData("a.jpeg"), InlineData("a.WebP"), InlineData("a.bmp"), InlineData("a.gif")]
    public void Extensions_of_images_are_known_in_any_case(string name)
    {
        // The extension decides what is an image, the content how it is decoded.
        using var folder = new DatasetFolder().With("cat", 5).With("dog", 5).WithFile("cat/" + name, 77);
        Assert.Equal(11, folder.Import().Count);
    }

    [Fact]
    public void A_link_that_leads_back_is_not_followed_and_one_that_leads_on_is()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege on Windows");
        using var other = new DatasetFolder().With("more", 3);
        using var folder = new DatasetFolder().With("cat", 5).With("dog", 5);
        Directory.CreateSymbolicLink(folder["cat/again"], folder.Root);
        Directory.CreateSymbolicLink(folder["dog/more"], other["more"]);
        Assert.Equal(13, folder.Import().Count);
    }

    [Fact]
    public void What_cannot_be_trained_on_is_refused()
    {
        Refused("DatasetNotFound", new DatasetFolder());
        Refused("DatasetNotFound", new DatasetFolder().WithText("../images", "a file"));
        Refused("NoImages", new DatasetFolder().WithText("cat/a.txt", "x"));
        Refused("NoImages", new DatasetFolder().WithFile("a.png", 1));
        Refused("OneClass", new DatasetFolder().With("cat", 5), "cat");
        Refused("EmptyClass", new DatasetFolder().With("cat", 5).With("dog", 5).WithText("fox/a.txt", "x"), "fox");
        Refused("ClassTooSmall", new DatasetFolder().With("cat", 5).With("dog", 1), "dog");
        Refused("TwoFoldersOfSplit", new DatasetFolder().With("train/a", 2).With("train/b", 2).With("val/a", 1).With("validation/b", 1), "val");
        Refused("MixedFolders", new DatasetFolder().With("train/a", 2).With("train/b", 2).With("more", 1), "more");
        Refused("NoTrainFolder", new DatasetFolder().With("test/a", 2).With("val/a", 2));
        Refused("NoTrainFolder", new DatasetFolder().With("a", 2).With("b", 2).With("test/a", 2), "test");
    }

    [Fact]
    public void Classes_that_differ_in_case_are_refused()
    {
        using var folder = new DatasetFolder().With("train/Cat", 4).With("train/dog", 4).With("validation/cat", 2).With("validation/dog", 2);
        var fault = folder.Fault();
        Assert.Equal("ClassesDifferInCase", fault.Id);
        Assert.Contains("'Cat', 'cat'", fault.Message);
    }

    [Theory]
    [InlineData("train"), InlineData("validation"), InlineData("test")]
    public void A_class_in_one_split_only_is_refused(string only)
    {
        using var folder = new DatasetFolder();
        foreach (var split in new[] { "train", "validation", "test" }) folder.With($"{split}/cat", 3).With($"{split}/dog", 3);
        var fault = folder.With($"{only}/fox", 2).Fault();
        Assert.Equal("ClassInOneSplit", fault.Id);
        Assert.Contains("'fox'", fault.Message);
    }

    static ImageDataset Imported(DatasetFolder folder)
    {
        using (folder) return folder.Import();
    }

    static void Refused(string id, DatasetFolder folder, string named = "")
    {
        using (folder)
        {
            var fault = folder.Fault();
            Assert.Equal(id, fault.Id);
            Assert.Contains(named, fault.Message);
            Assert.NotEmpty(fault.RecommendedAction);
        }
    }
}

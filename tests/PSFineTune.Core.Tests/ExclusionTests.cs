using PSFineTune.Audit;
using PSFineTune.Audit.Rules;
using PSFineTune.Data;
using PSFineTune.Training;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>Data without some of their samples: what is left out stays out, wherever the reference goes.</summary>
public class ExclusionTests
{
    [Fact]
    public void A_broken_file_that_is_left_out_stops_no_import()
    {
        using var folder = new DatasetFolder().With("a", 6).With("b", 6).WithText("a/broken.png", "no image");
        Assert.Equal("BadImage", folder.Fault().Id);
        var data = folder.Import(settings => settings with { Exclude = ["a/broken.png"] });
        Assert.Equal((12, 0, 0), (data.Count, data.Skipped.Count, data.UnmetExclusions));
        Assert.Equal(["a/broken.png"], data.Reference.Exclude);
        Assert.Equal(data.Fingerprint, data.Reference.Open(folder.Workspace, null, default).Fingerprint);
    }

    [Fact]
    public void Of_other_data_than_the_plan_s_nothing_is_left_out()
    {
        using var folder = new DatasetFolder().With("a", 6).With("b", 6);
        var planned = folder.Import().Reference;
        Assert.Null(PlanCheck.Unchanged(planned, folder.Workspace, null, default));
        File.Move(folder["a/1.png"], folder["b/moved.png"]);
        Assert.Equal("DatasetChanged", Assert.Throws<FineTuneException>(() => PlanCheck.Unchanged(planned, folder.Workspace, null, default)).Id);
        File.Move(folder["b/moved.png"], folder["a/1.png"]);
        // What is to be left out may be what has broken.
        folder.WithText("a/2.png", "no picture");
        Assert.Contains("not known whether anything else changed", PlanCheck.Unchanged(planned, folder.Workspace, null, default));
    }

    [Fact]
    public void It_changes_fingerprint_equality_and_hash_of_a_plan()
    {
        using var folder = new DatasetFolder().With("a", 6).With("b", 6);
        var all = folder.Import();
        var some = (ImageDataset)all.Reference.Without([new("a/1.png", null, folder.Root)]).OpenReadOnly(folder.Workspace, null, default);
        Assert.Equal(all.Count - 1, some.Count);
        Assert.NotEqual(all.Fingerprint, some.Fingerprint);
        Assert.NotEqual(all.Reference, all.Reference with { Exclude = ["a/1.png"] });
        TrainingPlan plan = new() { Dataset = all.Reference }, other = new() { Dataset = some.Reference };
        Assert.NotEqual(PlanHash.Of(plan), PlanHash.Of(other));
        Assert.Equal(some.Reference, PlanJson.Read<TrainingPlan>(PlanJson.Write(other)).Dataset);
        Assert.Empty(some.Reference.WithoutFolders().Exclude);
    }

    [Fact]
    public void Splits_of_the_others_stay_as_they_are()
    {
        using var folder = new DatasetFolder().With("a", 30).With("b", 30);
        var all = folder.Import();
        var left = ((ImageSample)all.Train[0]).Path;
        var some = all.Reference.Without([new(left, null, folder.Root)]).Open(folder.Workspace, null, default);
        Assert.Equal(all.Train.Select(sample => sample.Id).Where(id => id != all.Train[0].Id), some.Train.Select(sample => sample.Id));
        Assert.Equal(all.Validation.Select(sample => sample.Id), some.Validation.Select(sample => sample.Id));
    }

    [Theory, InlineData("a/1.png"), InlineData("../images/a/1.png"), InlineData("b/../a/1.png")]
    public void A_relative_path_starts_at_the_root_or_else_here(string path)
    {
        using var folder = new DatasetFolder().With("a", 3).With("b", 3);
        var reference = new ImageDatasetReference { Root = folder.Root };
        Assert.Equal(["a/1.png"], reference.Without([new(path, 3, folder.Root)]).Exclude);
        Assert.Equal(["a/1.png"], reference.Without([new("1.png", null, folder["a"])]).Exclude);
    }

    [Fact]
    public void What_lies_outside_is_a_fault_and_what_is_not_there_is_counted()
    {
        using var folder = new DatasetFolder().With("a", 6).With("b", 6);
        Assert.Equal("ExcludedOutside", Assert.Throws<FineTuneException>(() => new ImageDatasetReference { Root = folder.Root }.Without([new("../else.png", null, folder.Root)])).Id);
        var data = folder.Import(settings => settings with { Exclude = ["a", "a/1.png", "a/none.png"] });
        Assert.Equal((11, 2), (data.Count, data.UnmetExclusions));
    }

    [Fact]
    public void A_list_names_them_as_a_table_or_in_lines()
    {
        using var folder = new DatasetFolder().With("a", 6).With("b", 6).WithText("list.csv", "Rule,Path,Line\nx,a/1.png,\ny,b/2.png,\n").WithText("list.txt", "a/3.png\n\n b/4.png \n").WithText("bad.csv", "File\na/1.png\n");
        var reference = new ImageDatasetReference { Root = folder.Root };
        Assert.Equal(["a/1.png", "a/3.png", "b/2.png", "b/4.png"], reference.Without([new(folder["list.csv"], null, folder.Root), new("list.txt", null, folder.Root)]).Exclude);
        Assert.Equal("BadExclusionList", Assert.Throws<FineTuneException>(() => reference.Without([new(folder["bad.csv"], null, folder.Root)])).Id);
    }

    [Fact]
    public void A_list_of_Windows_is_one_here()
    {
        using var folder = new DatasetFolder().With("a", 6).With("b", 6).WithText("list.txt", "a\\3.png\r\n.\\b\\4.png\r\n");
        Assert.Equal(["a/3.png", "b/4.png"], new ImageDatasetReference { Root = folder.Root }.Without([new("list.txt", null, folder.Root)]).Exclude);
    }

    [Fact]
    public void A_finding_about_many_samples_leaves_none_out()
    {
        using var temp = new TempFolder();
        using var workspace = new TempFolder();
        var (train, test) = (temp["train.csv"], temp["test.csv"]);
        // Rows of one class in twelve, and HTML everywhere.
        File.WriteAllText(train, "text,label\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"<b>row</b> {i},{(i % 12 == 0 ? "rare" : "often")}\n")) + "row 1,often\nrow 1,often\n");
        File.WriteAllText(test, "text,label\n" + string.Concat(Enumerable.Range(100, 30).Select(i => $"row {i},{(i % 2 == 0 ? "rare" : "often")}\n")));
        foreach (var root in new[] { temp.Path, train })
        {
            var reference = new TextDatasetReference { Root = root };
            var findings = new DataAudit(DataAudit.Rules(null), workspace.Path, null, TestContext.Current.CancellationToken).Run(root).ToList();
            Assert.Contains(findings, finding => finding.Line is null);
            var named = findings.Select(finding => new Exclusion(finding.Path, finding.Line, temp.Path, IsFinding: true));
            var all = reference.OpenReadOnly(workspace.Path, null, default);
            var some = reference.Without(named).OpenReadOnly(workspace.Path, null, default);
            Assert.Equal((all.Count - 1, 0), (some.Count, some.UnmetExclusions));
            var list = workspace["findings.csv"];
            File.WriteAllText(list, "Rule,Path,Line\n" + string.Concat(findings.Select(finding => $"{finding.Rule},{finding.Path},{finding.Line}\n")));
            Assert.Equal(some.Reference.Exclude, reference.Without([new(list, null, workspace.Path)]).Exclude);
            // The same path by itself is a file.
            Assert.Contains(Path.GetFileName(train), reference.Without([new(train, null, temp.Path)]).Exclude);
        }
    }

    [Fact]
    public void A_finding_about_a_text_of_a_folder_leaves_it_out_and_one_about_its_class_does_not()
    {
        using var temp = new TempFolder();
        foreach (var (name, count) in new[] { ("a", 60), ("b", 5) })
            for (var i = 0; i < count; i++)
            {
                Directory.CreateDirectory(temp[name]);
                File.WriteAllText(temp[$"{name}/{i}.txt"], name == "b" && i == 4 ? "b 3" : $"{name} {i}");
            }
        var findings = new DataAudit(DataAudit.Rules(null), "", null, TestContext.Current.CancellationToken).Run(temp.Path).ToList();
        Assert.Equal([nameof(ClassImbalance), nameof(DuplicateText)], findings.Select(finding => finding.Rule).Order());
        var some = new TextDatasetReference { Root = temp.Path }.Without(findings.Select(finding => new Exclusion(finding.Path, finding.Line, temp.Path, IsFinding: true))).OpenReadOnly("", null, default);
        Assert.Equal((64, 0), (some.Count, some.UnmetExclusions));
        Assert.Equal(["b/4.txt:1"], some.Reference.Exclude);
    }

    [Fact]
    public void A_finding_about_a_folder_leaves_no_image_out()
    {
        using var folder = new DatasetFolder().With("a", 6).With("b", 6);
        var reference = new ImageDatasetReference { Root = folder.Root };
        Assert.Equal(["a/1.png"], reference.Without([new(folder["a"], null, folder.Root, IsFinding: true), new(folder["a/1.png"], null, folder.Root, IsFinding: true)]).Exclude);
    }

    [Fact]
    public void Rows_of_a_file_are_named_by_line()
    {
        using var temp = new TempFolder();
        var file = temp["rows.csv"];
        File.WriteAllText(file, "text,label\n" + string.Concat(Enumerable.Range(0, 20).Select(i => $"row {i},{i % 2}\n")) + ",0\n");
        var all = new TextDatasetReference { Root = file };
        Assert.Equal("BadText", Assert.Throws<FineTuneException>(() => TextDataset.Import(all, temp["workspace"], TestContext.Current.CancellationToken)).Id);
        var some = all.Without([new(file, 22, temp.Path), new("rows.csv:3", null, temp.Path)]);
        Assert.Equal(["rows.csv:22", "rows.csv:3"], some.Exclude);
        var data = TextDataset.Import((TextDatasetReference)some, temp["workspace"], TestContext.Current.CancellationToken);
        Assert.Equal((19, 0), (data.Count, data.UnmetExclusions));
        Assert.DoesNotContain("row 1", Enumerable.Range(0, data.Count).Select(data.TextAt));
        Assert.Equal(data.Fingerprint, data.Reference.Open(temp["workspace"], null, default).Fingerprint);
    }

    [Fact]
    public void A_text_of_a_folder_that_is_left_out_is_not_opened()
    {
        using var temp = new TempFolder();
        foreach (var name in new[] { "a", "b" })
            for (var i = 0; i < 5; i++)
            {
                Directory.CreateDirectory(temp[name]);
                File.WriteAllText(temp[$"{name}/{i}.txt"], $"{name} {i}");
            }
        File.WriteAllBytes(temp["a/binary.txt"], [0, 1, 2, 0, 255, 0, 0, 0]);
        using var workspace = new TempFolder();
        var reference = new TextDatasetReference { Root = temp.Path }.Without([new("a/binary.txt", 1, temp.Path)]);
        Assert.Equal(10, reference.Open(workspace.Path, null, default).Count);
    }
}

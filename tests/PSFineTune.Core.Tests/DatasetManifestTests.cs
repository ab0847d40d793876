using PSFineTune.Data;
using Xunit;

namespace PSFineTune.Tests;

public class DatasetManifestTests
{
    static readonly string s_rows = string.Concat(from label in "ab" from i in Enumerable.Range(0, 6) select $"pool/{(label - 'a') * 6 + i}.png,{label}\n");

    [Fact]
    public void Labels_come_from_the_manifest_and_paths_start_at_its_folder()
    {
        using var folder = new DatasetFolder().With("pool", 12).WithText("labels.csv", "label,Path\n" + Swapped(s_rows));
        var data = folder.Import(settings => settings with { Manifest = folder["labels.csv"], Root = folder["pool"] });
        Assert.Equal(["a", "b"], data.Classes);
        Assert.Equal(12, data.Count);
        Assert.All(data.Train, sample => Assert.True(File.Exists(((ImageSample)sample).Path)));
        Assert.Equal(64, ((ImageDatasetReference)data.Reference).ManifestHash!.Length);
    }

    [Theory, InlineData(';'), InlineData('\t')]
    public void Spreadsheets_of_other_countries_are_read_too(char delimiter)
    {
        using var folder = new DatasetFolder().With("pool", 12).WithText("labels.csv", "\uFEFF" + ("path,label\n" + s_rows).Replace(',', delimiter));
        Assert.Equal(12, folder.Import(settings => settings with { Manifest = folder["labels.csv"] }).Count);
    }

    [Fact]
    public void Further_columns_become_metadata()
    {
        using var folder = new DatasetFolder().With("pool", 12).WithText("labels.csv",
            "path,Site,label,Price\n" + string.Concat(Enumerable.Range(0, 12).Select(i => $"pool/{i}.png,site{i},{"ab"[i % 2]},{i}\n")));
        var data = folder.Import(settings => settings with { Manifest = folder["labels.csv"] });
        Assert.All(data.Train.Cast<ImageSample>(), sample =>
        {
            var number = Path.GetFileNameWithoutExtension(sample.Path);
            Assert.Equal(("site" + number, number), (sample.Metadata["site"], sample.Metadata["Price"]));
        });
    }

    [Fact]
    public void Unnamed_columns_are_ignored_and_short_rows_are_empty_there()
    {
        using var folder = new DatasetFolder().With("pool", 12).WithText("labels.csv",
            "path,label,note,,\n" + string.Concat(Enumerable.Range(0, 12).Select(i => $"pool/{i}.png,{"ab"[i % 2]}\n")));
        var data = folder.Import(settings => settings with { Manifest = folder["labels.csv"] });
        Assert.All(data.Train, sample => Assert.Equal("", Assert.Single(sample.Metadata).Value));
    }

    [Fact]
    public void A_column_of_splits_decides_them()
    {
        using var folder = new DatasetFolder().With("pool", 7).WithText("labels.csv",
            "path,label,split\npool/0.png,a,Train\npool/1.png,b,train\npool/2.png,a,val\npool/3.png,\"b\",VALID\n\npool/4.png,b,test\npool/5.png,a,validation\n");
        var data = folder.Import(settings => settings with { Manifest = folder["labels.csv"] });
        Assert.Equal((2, 3, 1), (data.Train.Count, data.Validation.Count, data.Test.Count));
        Assert.Equal("4.png", Path.GetFileName(((ImageSample)data.Test[0]).Path));
    }

    [Theory]
    [InlineData("path,label,split\npool/0.png,a,train\npool/1.png,b,trial\n", "ManifestLine", "line 3: 'trial' is no split")]
    [InlineData("path,label,split\npool/0.png,a,train\npool/1.png,b\n", "ManifestLine", "line 3: its split is empty")]
    [InlineData("path,label\npool/0.png,a\npool/none.png,b\n", "ManifestLine", "line 3: there is no file")]
    [InlineData("path,label\npool/0.png,a\npool/1.png,b\npool/../pool/0.png,b\n", "ManifestLine", "line 4: 'pool/../pool/0.png' was given in line 2")]
    [InlineData("path,label\npool/0.png,\n", "ManifestLine", "line 2: its label is empty")]
    [InlineData("pool/0.png,a\npool/1.png,b\n", "ManifestColumn", "'path'")]
    [InlineData("path,label,note,note\npool/0.png,a,x,y\n", "ManifestColumn", "'note' once")]
    [InlineData("path,class\npool/0.png,a\n", "ManifestColumn", "'label' once. It names: 'path', 'class'")]
    [InlineData("path,path,label\npool/0.png,x,a\n", "ManifestColumn", "'path' once")]
    [InlineData("", "ManifestColumn", "names: nothing")]
    [InlineData("path,label\n\"pool/0.png\"x,a\n", "ManifestLine", "line 2")]
    [InlineData("path,label\n", "NoImages", "No labelled images")]
    public void Wrong_lines_are_named(string text, string id, string part)
    {
        using var folder = new DatasetFolder().With("pool", 4).WithText("labels.csv", text);
        var fault = folder.Fault(settings => settings with { Manifest = folder["labels.csv"] });
        Assert.Equal(id, fault.Id);
        Assert.Contains(part, fault.Message);
    }

    [Fact]
    public void A_missing_manifest_is_said()
    {
        using var folder = new DatasetFolder().With("pool", 4);
        Assert.Equal("ManifestNotFound", folder.Fault(settings => settings with { Manifest = folder["none.csv"] }).Id);
    }

    static string Swapped(string rows) =>
        string.Concat(rows.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(row => row.Split(',')).Select(cells => $"{cells[1]},{cells[0]}\n"));
}

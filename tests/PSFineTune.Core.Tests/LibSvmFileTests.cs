using PSFineTune.Text;
using PSFineTune.Text.LibSvm;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>The sparse format of LIBSVM: what is read, what is written, and the line of what is wrong.</summary>
public sealed class LibSvmFileTests
{
    [Fact]
    public void A_file_is_read_as_it_is_written_by_many_programs()
    {
        var data = LibSvmGolden.Read("\uFEFF# made by hand\r\n+1 1:0.5\t3:-2e-3 \r\n-1 # nothing here: really\r\n2.5 2:0 7:+1 # seven\n0  10:0");
        Assert.Equal([1, -1, 2.5, 0], data.Labels);
        Assert.Equal((4, 10, 3), (data.Count, data.Width, data.Stored));
        Assert.Equal([1, 3], data.Sample(0).Indices);
        Assert.Equal([0.5, -0.002], data.Sample(0).Values);
        Assert.Empty(data.Sample(1).Indices);
        Assert.Equal([7], data.Samples().ElementAt(2).Indices);
        Assert.Equal([-1, 0, 1, 2.5], data.LabelCounts.Select(one => one.Label));
        Assert.Throws<ArgumentOutOfRangeException>(() => data.Sample(4));
    }

    [Theory]
    [InlineData("1 1:1\nx 1:1", 2, "the label is 'x'")]
    [InlineData("1,2 1:1", 1, "the label is '1,2'")]
    [InlineData("nan 1:1", 1, "the label is 'nan'")]
    [InlineData("1 1:1\n\n1 1:1", 2, "the line is empty")]
    [InlineData("# only this", 1, "no samples")]
    [InlineData("", 1, "no samples")]
    [InlineData("1 1", 1, "'1' is not index:value")]
    [InlineData("1 1 2:1", 1, "'1' is not index:value")]
    [InlineData("1 1:", 1, "the value of feature 1 is ''")]
    [InlineData("1 1:a", 1, "the value of feature 1 is 'a'")]
    [InlineData("1 1:1,5", 1, "the value of feature 1 is '1,5'")]
    [InlineData("1 1:inf", 1, "the value of feature 1 is 'inf'")]
    [InlineData("1 1:1e999", 1, "which is not a finite number")]
    [InlineData("1 qid:3 1:1", 1, "the index of 'qid:3'")]
    [InlineData("1 0:1", 1, "zero_based=False")]
    [InlineData("1 -2:1", 1, "the index of '-2:1'")]
    [InlineData("1 1.5:1", 1, "the index of '1.5:1'")]
    [InlineData("1 2147483648:1", 1, "from 1 to 2147483647")]
    [InlineData("1 2:1 2:1", 1, "index 2 follows index 2")]
    [InlineData("1 1:1\n1 1:1\n1 3:1 2:1", 3, "index 2 follows index 3; indices must ascend")]
    public void A_malformed_line_is_refused_by_its_number(string text, int line, string message)
    {
        var wrong = Assert.Throws<FineTuneException>(() => LibSvmGolden.Read(text));
        Assert.Equal(("BadLibSvmLine", FaultKind.InvalidData), (wrong.Id, wrong.Kind));
        Assert.Contains($"'data.txt', line {line}: ", wrong.Message);
        Assert.Contains(message, wrong.Message);
    }

    [Fact]
    public void What_is_written_reads_as_the_same_numbers()
    {
        using var folder = new TempFolder();
        var data = Random(300, magnitudes: 40);
        LibSvmFile.Write(data, folder["data.txt"]);
        var again = LibSvmFile.Read(folder["data.txt"]);
        Assert.Equal(data.Labels, again.Labels);
        Assert.Equal(data.Rows.AllColumns.ToArray(), again.Rows.AllColumns.ToArray());
        Assert.Equal(data.Rows.AllValues.ToArray(), again.Rows.AllValues.ToArray());
        Assert.All(Enumerable.Range(0, data.Count), row => Assert.Equal(data.Rows.PlaceOf(row), again.Rows.PlaceOf(row)));
        Assert.Throws<OperationCanceledException>(() => LibSvmFile.Write(data, folder["other.txt"], new(canceled: true)));
        Assert.Equal([folder["data.txt"]], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void Svm_train_accepts_what_is_written()
    {
        using var folder = new TempFolder();
        LibSvmFile.Write(Random(60), folder["data.txt"]);
        Assert.Contains("Total nSV", LibSvmGolden.Run("svm-train", "-t", "0", "-s", "0", folder["data.txt"], folder["model"]));
    }

    [Fact]
    public void Lines_longer_than_the_buffer_are_read_whole()
    {
        var long1 = string.Join(" ", Enumerable.Range(1, 60_000).Select(index => $"{index}:1"));
        var data = LibSvmGolden.Read($"1 {long1}\n2 5:1\n3 {long1}");
        Assert.Equal((3, 120_001, 60_000), (data.Count, data.Stored, data.Width));
        Assert.Equal([1, 2, 3], data.Labels);
    }

    [Fact]
    public void A_file_that_is_not_there_is_said_so()
    {
        using var folder = new TempFolder();
        Assert.Equal("CannotRead", Assert.Throws<FineTuneException>(() => LibSvmFile.Read(folder["none.txt"])).Id);
        Assert.Equal("CannotRead", Assert.Throws<FineTuneException>(() => LibSvmModel.Read(folder["none.txt"])).Id);
    }

    static SparseDataset Random(int count, int magnitudes = 1)
    {
        var random = RandomStream.For(9, 0, "libsvm");
        var (rows, labels) = (new SparseRows(), new double[count]);
        for (var row = 0; row < count; row++)
        {
            labels[row] = random.Below(3) - 1;
            int[] columns = [.. Enumerable.Range(0, 30).Where(_ => random.Chance(0.3))];
            rows.Add(columns, [.. columns.Select(_ => random.Normal() * Math.Pow(10, random.Below(magnitudes) - magnitudes / 2))]);
        }
        return new("", rows, labels, 0);
    }
}

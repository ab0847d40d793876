using PSFineTune.Data;
using Xunit;

namespace PSFineTune.Tests;

public class DatasetMemoryTests
{
    const int Count = 100_000;

    [Fact]
    public void A_sample_takes_less_than_300_bytes()
    {
        Assert.InRange(MeasuredMemory.Of(nameof(DatasetMemoryTests)) / (double)Count, 40, 300);
        var data = Generated();
        Assert.Equal(Count, data.Count);
        Assert.Equal($"train/outwear/{Count - 1:000000}-4ceed2f1-8e20-4439-9c27-cceb8d2257a4.jpg", Path.GetRelativePath(data.Root, data.PathAt(Count - 1)).Replace('\\', '/'));
    }

    internal static long Measured() => MeasuredMemory.Kept(Generated);

    static ImageDataset Generated()
    {
        var paths = new PackedText([.. Enumerable.Range(0, Count).Select(i => $"train/outwear/{i:000000}-4ceed2f1-8e20-4439-9c27-cceb8d2257a4.jpg")]);
        var columns = new ImageColumns
        {
            Paths = paths,
            Hashes = new byte[Count * ImageColumns.HashSize],
            Labels = new int[Count],
            Splits = new Split[Count],
            Groups = [.. Enumerable.Repeat("one group", Count)],
        };
        return new(new() { Root = Path.GetFullPath("root"), Classes = ["outwear"] }, columns, [], 0);
    }
}

using PSFineTune.Data;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>Memory is counted for the whole process, so nothing else may run.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public class Alone;

[Collection(nameof(Alone))]
public class DatasetMemoryTests
{
    [Fact]
    public void A_sample_takes_less_than_300_bytes()
    {
        const int count = 100_000;
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var data = Generated(count);
        var each = (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)count;
        Assert.InRange(each, 40, 300);
        Assert.Equal(count, data.Count);
        Assert.Equal($"train/outwear/{count - 1:000000}-4ceed2f1-8e20-4439-9c27-cceb8d2257a4.jpg", Path.GetRelativePath(data.Root, data.PathAt(count - 1)).Replace('\\', '/'));
    }

    static ImageDataset Generated(int count)
    {
        // In a method of its own, so that nothing but the dataset is alive when memory is counted.
        var paths = new PackedText([.. Enumerable.Range(0, count).Select(i => $"train/outwear/{i:000000}-4ceed2f1-8e20-4439-9c27-cceb8d2257a4.jpg")]);
        var columns = new ImageColumns
        {
            Paths = paths,
            Hashes = new byte[count * ImageColumns.HashSize],
            Labels = new int[count],
            Splits = new Split[count],
            Groups = [.. Enumerable.Repeat("one group", count)],
        };
        return new(new() { Root = Path.GetFullPath("root"), Classes = ["outwear"] }, columns, [], 0);
    }
}

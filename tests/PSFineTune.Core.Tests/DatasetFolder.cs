using PSFineTune.Data;

namespace PSFineTune.Tests;

/// <summary>A folder of images and a workspace beside it, for tests of imports.</summary>
sealed class DatasetFolder : IDisposable
{
    readonly TempFolder _temp = new();

    public string Root => _temp["images"];

    public string Workspace => _temp["workspace"];

    public string this[string relative] => System.IO.Path.Combine(Root, relative);

    /// <summary>Images in a folder below the root, each of another content.</summary>
    public DatasetFolder With(string folder, int count, int seed = 0)
    {
        for (var i = 0; i < count; i++) WithFile($"{folder}/{i}.png", StableSeed(folder) + seed + i);
        return this;
    }

    public DatasetFolder WithFile(string relative, int seed)
    {
        Pictures.Write(this[relative], seed, width: 8, height: 8);
        return this;
    }

    public DatasetFolder WithText(string relative, string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(this[relative])!);
        File.WriteAllText(this[relative], text);
        return this;
    }

    /// <summary>Dates every file back, as files are that were not written this second: only those are remembered.</summary>
    public void Settle()
    {
        foreach (var file in Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories)) File.SetLastWriteTimeUtc(file, new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
    }

    public ImageDataset Import(Func<ImageDatasetReference, ImageDatasetReference>? change = null) =>
        ImageDataset.Import(Settings(change), Workspace, TestContext);

    /// <summary>The same, counting what is decoded.</summary>
    public int Decoded(Func<ImageDatasetReference, ImageDatasetReference>? change = null)
    {
        var count = 0;
        new ImageImport(Settings(change), Workspace, null, (_, _) => Interlocked.Increment(ref count)).Run(TestContext);
        return count;
    }

    public FineTuneException Fault(Func<ImageDatasetReference, ImageDatasetReference>? change = null) =>
        Xunit.Assert.Throws<FineTuneException>(() => Import(change));

    public void Dispose() => _temp.Dispose();

    static CancellationToken TestContext => Xunit.TestContext.Current.CancellationToken;

    ImageDatasetReference Settings(Func<ImageDatasetReference, ImageDatasetReference>? change) => (change ?? (same => same))(new() { Root = Root });

    static int StableSeed(string text) => text.Aggregate(17, (seed, letter) => unchecked(seed * 31 + letter)) & 0xFFFFFF;
}

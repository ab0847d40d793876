using System.Security.Cryptography;
using PSFineTune.Augment;
using PSFineTune.Imaging;

namespace PSFineTune.Pictures;

/// <summary>An image file to show.</summary>
/// <param name="Path">Full path.</param>
/// <param name="Title">Null for none.</param>
sealed record GridItem(string Path, string? Title);

/// <summary>One cell of a grid before it is drawn.</summary>
/// <param name="Item">What to show.</param>
/// <param name="Version">0 for the original, n for the picture as augmented in epoch n.</param>
sealed record GridCell(GridItem Item, int Version)
{
    const int TutorialCells = 8;

    /// <summary>Title or file name; says where the picture is augmented.</summary>
    public string Description => (Item.Title ?? System.IO.Path.GetFileName(Item.Path)) + Suffix;

    /// <summary>Null where the item has no title.</summary>
    public string? Title => Item.Title is { } title ? title + Suffix : null;

    string Suffix => Version == 0 ? "" : ", augmented";

    /// <summary>What to show: without augmentation each item; with it each item and, beside it, its augmented picture, or of one item as many as there are cells.</summary>
    /// <param name="items">In order.</param>
    /// <param name="augmented">Whether a pipeline was given.</param>
    /// <param name="cells">Of the grid where rows and columns are given, else null.</param>
    public static IReadOnlyList<GridCell> For(IReadOnlyList<GridItem> items, bool augmented, int? cells)
    {
        var versions = !augmented ? 1 : items.Count > 1 ? 2 : Math.Max(2, cells ?? TutorialCells);
        return [.. items.SelectMany(item => Enumerable.Range(0, versions).Select(version => new GridCell(item, version)))];
    }

    /// <summary>The picture as it is to be shown; exactly what training sees in that epoch with that seed.</summary>
    /// <exception cref="FineTuneException">As of <see cref="ImageFile.Decode(string)"/>.</exception>
    public Picture Picture(AugmentPipeline pipeline, int inputSize, int seed)
    {
        var picture = ImageFile.Decode(Item.Path);
        return Version == 0 ? picture : pipeline.Run(picture, inputSize, new(seed, Version, KeyOf(Item.Path)));
    }

    static ulong KeyOf(string path)
    {
        using var file = File.OpenRead(path);
        return RandomStream.SampleKey(SHA256.HashData(file));
    }
}

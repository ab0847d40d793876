using PSFineTune.Data;
using PSFineTune.Imaging;

namespace PSFineTune.Audit;

/// <summary>Reads every image file once, on a few threads, and keeps what rules ask for.</summary>
/// <param name="listing">The files.</param>
/// <param name="progress">Called on the calling thread.</param>
sealed class ImageSurveyor(ImageListing listing, IProgress<ImportProgress>? progress)
{
    readonly ImageGlance[] _glances = new ImageGlance[listing.Files.Count];
    readonly byte[]?[] _thumbnails = new byte[]?[listing.Files.Count];
    readonly BadImage?[] _bad = new BadImage?[listing.Files.Count];

    /// <param name="data">Whose labels and splits count; null where the files have been imported by nobody.</param>
    /// <param name="cancel">Checked for every file.</param>
    public ImageSurvey Run(ImageDataset? data, CancellationToken cancel)
    {
        new FileWork(progress).Run("Reading images", listing.Files.Count, ReadOne, cancel);
        var good = Enumerable.Range(0, _bad.Length).Where(file => _bad[file] is null && listing.Files[file].Label.Length > 0).ToArray();
        var indices = listing.Classes.Select((name, index) => (name, index)).ToDictionary(pair => pair.name, pair => pair.index);
        var labels = Array.ConvertAll(good, file => indices[listing.Files[file].Label]);
        var splits = data is null ? Drawn(good, labels) : Array.ConvertAll(good, file => listing.Files[file].Split!.Value);
        return new(listing, new([.. good.Select(file => listing.Files[file].Path)]), labels, splits,
            (Array.ConvertAll(good, file => _glances[file]), Array.ConvertAll(good, file => _thumbnails[file]!)), [.. _bad.OfType<BadImage>()]);
    }

    void ReadOne(int file)
    {
        var path = listing.FullPath(listing.Files[file].Path);
        var thumbnail = new byte[Thumbnail.Size];
        try
        {
            _glances[file] = ImageGlance.At(path, thumbnail);
            _thumbnails[file] = thumbnail;
        }
        catch (FineTuneException fault)
        {
            _bad[file] = new(path, FileTree.Stamp(path)?.Size, fault.Message);
        }
    }

    // As an import with its defaults would.
    Split[] Drawn(int[] good, int[] labels)
    {
        Split?[] told = [.. good.Select(file => listing.Files[file].Split)];
        return new SplitRules(new ImageDatasetReference(), FileKind.Image.Item)
            .Assign(Array.ConvertAll(good, file => _glances[file].Content.Item1), labels, told, told.Contains(Split.Validation), told.Contains(Split.Test));
    }
}

using PSFineTune.Data;
using PSFineTune.Imaging;

namespace PSFineTune.Audit;

/// <summary>A file that is no usable image, and why.</summary>
/// <param name="Path">Full path.</param>
/// <param name="Bytes">Of the file; null where there is none, as behind a broken link.</param>
/// <param name="Reason">One sentence.</param>
sealed record BadImage(string Path, long? Bytes, string Reason);

/// <summary>What one pass over image files has learned of each; some 1.3 kB an image. Rows are those that decode.</summary>
sealed class ImageSurvey : Survey
{
    readonly PackedText _paths;
    readonly int[] _labels;
    readonly Split[] _splits;
    readonly ImageGlance[] _glances;
    readonly byte[][] _thumbnails;
    readonly Lazy<ImageTwins> _twins;

    /// <param name="listing">Where they were found.</param>
    /// <param name="paths">Relative to the root.</param>
    /// <param name="labels">Indices into the classes.</param>
    /// <param name="splits">What each is for.</param>
    /// <param name="looks">What was read of each, and its thumbnail.</param>
    /// <param name="bad">What is no image.</param>
    public ImageSurvey(ImageListing listing, PackedText paths, int[] labels, Split[] splits, (ImageGlance[] Glances, byte[][] Thumbnails) looks, IReadOnlyList<BadImage> bad)
    {
        (Listing, Bad, _paths, _labels, _splits) = (listing, bad, paths, labels, splits);
        (_glances, _thumbnails) = looks;
        _twins = new(() => new(this));
    }

    public ImageListing Listing { get; }

    public IReadOnlyList<BadImage> Bad { get; }

    /// <summary>Which show the same; searched for when first asked for.</summary>
    public ImageTwins Twins => _twins.Value;

    public override string Root => Listing.Root;

    public override IReadOnlyList<string> Classes => Listing.Classes;

    public override int Count => _labels.Length;

    public override int LabelAt(int row) => _labels[row];

    public override Split SplitAt(int row) => _splits[row];

    public override Place PlaceAt(int row) => new(Listing.FullPath(_paths[row]));

    /// <summary>The folder of that name at the root or below one of a split; the root where labels are told by a csv.</summary>
    public override Place PlaceOf(int label)
    {
        var folders = Directory.GetDirectories(Listing.Root).Prepend(Listing.Root).Select(folder => Path.Combine(folder, Classes[label]));
        return new(folders.FirstOrDefault(Directory.Exists) ?? Listing.Root);
    }

    /// <summary>Relative to the root, as messages name it.</summary>
    public string NameAt(int row) => _paths[row];

    public ImageGlance this[int row] => _glances[row];

    /// <summary><see cref="Thumbnail.Size"/> bytes.</summary>
    public ReadOnlySpan<byte> ThumbnailAt(int row) => _thumbnails[row];

    /// <summary>Rows of which something is true.</summary>
    public IEnumerable<int> Rows(Func<ImageGlance, bool> wanted) => Enumerable.Range(0, Count).Where(row => wanted(_glances[row]));

    /// <summary>The same where it is true of fewer than half of all; what most images have is no exception and none is told.</summary>
    public IEnumerable<int> Exceptions(Func<ImageGlance, bool> wanted) => Rows(wanted).ToList() is { } rows && rows.Count * 2 < Count ? rows : [];
}

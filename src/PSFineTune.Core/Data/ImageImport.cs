using System.Security.Cryptography;
using System.Text;
using PSFineTune.Imaging;

namespace PSFineTune.Data;

/// <summary>One import from folder or manifest to dataset: find, read, leave out, split.</summary>
/// <param name="settings">What the user asked for.</param>
/// <param name="workspace">Folder of the cache.</param>
/// <param name="progress">Called on the calling thread.</param>
/// <param name="decode">Decodes the bytes of the file of that path, or throws a fault; null for the module's decoder.</param>
/// <param name="readOnly">Nothing is written to the workspace.</param>
sealed class ImageImport(ImageDatasetReference settings, string workspace, IProgress<ImportProgress>? progress, Action<byte[], string>? decode = null, bool readOnly = false)
{
    readonly string _root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(settings.Root));
    readonly string? _manifest = settings.Manifest is { } manifest ? Path.GetFullPath(manifest) : null;

    // Everything is for the test: such data train nothing, so a class may have one image, or none beside it.
    bool HoldOut => settings.TestFraction == 1;

    /// <exception cref="FineTuneException">The settings or the data are not usable.</exception>
    public ImageDataset Run(CancellationToken cancel)
    {
        CheckFractions();
        var groups = settings.GroupPattern is { Length: > 0 } pattern ? new GroupKeys(pattern) : null;
        var found = _manifest is null ? ImageFolder.Find(_root, cancel) : ImageManifest.Find(_manifest, _root, cancel);
        if (!HoldOut) found.Check(_root);
        else if (found.Images.Count == 0) throw Fault.NoImages(_root, found.Loose.Count);

        var cache = new ContentCache(workspace, _root + "\n" + _manifest, readOnly);
        var contents = new ImageContents(_root, cache, decode ?? ((bytes, path) => ImageFile.Decode(bytes, path).Dispose())).Read(found.Images, new(progress), cancel);
        var bad = found.Images.Zip(contents).Where(pair => pair.Second.Reason is not null)
            .Select(pair => new SkippedImage { Path = Path.GetFullPath(pair.First.Path, _root), Reason = pair.Second.Reason!, Bad = true }).ToList();
        if (bad.Count > 0 && settings.OnBadImage == BadImagePolicy.Stop) throw Fault.BadImages(_root, bad, contents.Length);

        var columns = Columns(found, contents, groups);
        CheckSplits(found.Classes, columns);
        var reference = settings with
        {
            Root = _root,
            Manifest = _manifest,
            ManifestHash = _manifest is null ? null : Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(_manifest))).ToLowerInvariant(),
            Classes = found.Classes,
            Fingerprint = DataFingerprint.Of(found.Classes, columns),
        };
        return new(reference, columns, [.. bad, .. found.Loose], found.Ignored);
    }

    ImageColumns Columns(FoundImages found, ImageContent[] contents, GroupKeys? groups)
    {
        var good = Enumerable.Range(0, contents.Length).Where(i => contents[i].Hash is not null).ToArray();
        var paths = good.Select(i => found.Images[i].Path).ToArray();
        var indices = found.Classes.Select((name, index) => (name, index)).ToDictionary(pair => pair.name, pair => pair.index);
        var labels = good.Select(i => indices[found.Images[i].Label]).ToArray();
        var names = groups?.Of(paths);
        var keys = good.Select((i, row) => RandomStream.SampleKey(names?[row] is { } name ? SHA256.HashData(Encoding.UTF8.GetBytes(name)) : contents[i].Hash)).ToArray();

        var (validates, tests) = (found.Explicit(Split.Validation), found.Explicit(Split.Test));
        var fixedAt = good.Select(i => validates || found.Images[i].Split == Split.Test ? found.Images[i].Split : null).ToArray();
        return new()
        {
            Paths = new(paths),
            Hashes = [.. good.SelectMany(i => contents[i].Hash!)],
            Labels = labels,
            Splits = new HashSplit(settings.Seed, settings.ValidationFraction, tests ? 0 : settings.TestFraction).Assign(keys, labels, fixedAt),
            Groups = names,
            Metadata = found.MoreColumns.Select((name, column) => (name, column)).ToDictionary(
                pair => pair.name, pair => good.Select(i => found.Images[i].More![pair.column]).ToArray(), StringComparer.OrdinalIgnoreCase),
        };
    }

    void CheckFractions()
    {
        var (validation, test) = (settings.ValidationFraction, settings.TestFraction);
        if (HoldOut) return;
        if (!(validation > 0 && validation < 1)) throw Fault.BadFraction(nameof(settings.ValidationFraction), validation, "above 0 and below 1");
        if (!(test >= 0 && validation + test < 1)) throw Fault.BadFraction(nameof(settings.TestFraction), test, $"at least 0 and below {1 - validation:0.###}, what validation leaves, or 1 for a hold-out set");
    }

    void CheckSplits(IReadOnlyList<string> classes, ImageColumns columns)
    {
        var counts = new int[classes.Count, 3];
        var splitOf = new Dictionary<string, int>();
        for (var row = 0; row < columns.Count; row++)
        {
            counts[columns.Labels[row], (int)columns.Splits[row]]++;
            if (columns.Groups?[row] is { } group && !splitOf.TryAdd(group, row) && columns.Splits[splitOf[group]] is var other && other != columns.Splits[row])
                throw Fault.GroupInTwoSplits(group, other, columns.Paths[splitOf[group]], columns.Splits[row], columns.Paths[row]);
        }
        for (var label = 0; label < classes.Count && !HoldOut; label++)
            foreach (var split in new[] { Split.Train, Split.Validation })
                if (counts[label, (int)split] == 0) throw Fault.ClassTooSmall(_root, classes[label], split, counts[label, 0] + counts[label, 1] + counts[label, 2]);
    }
}

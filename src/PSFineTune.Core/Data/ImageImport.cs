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

    readonly SplitRules _rules = new(settings, FileKind.Image.Item);

    /// <exception cref="FineTuneException">The settings or the data are not usable.</exception>
    public ImageDataset Run(CancellationToken cancel)
    {
        _rules.CheckFractions();
        var groups = settings.GroupPattern is { Length: > 0 } pattern ? new GroupKeys(pattern) : null;
        var found = _manifest is null ? ClassFolders.Find(_root, FileKind.Image, cancel) : ImageManifest.Find(_manifest, _root, cancel);
        var exclusions = new Exclusions(settings.Exclude);
        found = exclusions.From(found, _root);
        if (found.Files.Count == 0) throw Fault.NoImages(_root, found.Loose.Count);
        if (!_rules.HoldOut) found.Tally().Check(_root, FileKind.Image.Item);

        var cache = new ContentCache(workspace, _root + "\n" + _manifest, readOnly);
        var contents = new ImageContents(_root, cache, decode ?? ((bytes, path) => ImageFile.Decode(bytes, path).Dispose())).Read(found.Files, new(progress), cancel);
        var bad = found.Files.Zip(contents).Where(pair => pair.Second.Reason is not null)
            .Select(pair => new SkippedImage { Path = Path.GetFullPath(pair.First.Path, _root), Reason = pair.Second.Reason!, Bad = true }).ToList();
        if (bad.Count > 0 && settings.OnBadImage == BadSamplePolicy.Stop) throw Fault.BadImages(_root, bad, contents.Length);

        var columns = Columns(found, contents, groups);
        _rules.Check(_root, found.Classes, columns, row => columns.Paths[row]);
        var reference = settings with
        {
            Root = _root,
            Manifest = _manifest,
            ManifestHash = _manifest is null ? null : Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(_manifest))).ToLowerInvariant(),
            Classes = found.Classes,
            Fingerprint = DataFingerprint.Of(found.Classes, columns),
        };
        return new(reference, columns, [.. bad, .. found.Loose.Select(path => new SkippedImage { Path = path, Reason = "The image lies in no class folder." })], found.Ignored) { UnmetExclusions = exclusions.Unmet };
    }

    ImageColumns Columns(FoundFiles found, ImageContent[] contents, GroupKeys? groups)
    {
        var good = Enumerable.Range(0, contents.Length).Where(i => contents[i].Hash is not null).ToArray();
        var paths = good.Select(i => found.Files[i].Path).ToArray();
        var indices = found.Classes.Select((name, index) => (name, index)).ToDictionary(pair => pair.name, pair => pair.index);
        var labels = good.Select(i => indices[found.Files[i].Label]).ToArray();
        var names = groups?.Of(paths);
        var keys = good.Select((i, row) => RandomStream.SampleKey(names?[row] is { } name ? SHA256.HashData(Encoding.UTF8.GetBytes(name)) : contents[i].Hash)).ToArray();

        return new()
        {
            Paths = new(paths),
            Hashes = [.. good.SelectMany(i => contents[i].Hash!)],
            Labels = labels,
            Splits = _rules.Assign(keys, labels, [.. good.Select(i => found.Files[i].Split)], found.Explicit(Split.Validation), found.Explicit(Split.Test)),
            Groups = names,
            Metadata = found.MoreColumns.Select((name, column) => (name, column)).ToDictionary(
                pair => pair.name, pair => good.Select(i => found.Files[i].More![pair.column]).ToArray(), StringComparer.OrdinalIgnoreCase),
        };
    }
}

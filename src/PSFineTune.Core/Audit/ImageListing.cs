using PSFineTune.Data;

namespace PSFineTune.Audit;

/// <summary>The image files that are audited, whatever state their folder is in; paths are relative to the root, parts joined by '/'.</summary>
sealed record ImageListing
{
    // Pictures of formats that are not read.
    static readonly string[] s_foreign = [".heic", ".heif", ".avif", ".tif", ".tiff", ".jp2", ".jxl", ".svg", ".psd", ".ico", ".tga", ".dng", ".cr2", ".nef", ".arw", ".jfif", ".jpe"];

    /// <summary>Full path.</summary>
    public required string Root { get; init; }

    public required IReadOnlyList<FoundFile> Files { get; init; }

    /// <summary>Ordinal order, those without an image too.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>Images that lie in no class folder.</summary>
    public IReadOnlyList<string> Loose { get; init; } = [];

    /// <summary>Images that are hidden, and hidden folders that hold some.</summary>
    public IReadOnlyList<TreeEntry> Hidden { get; init; } = [];

    /// <summary>Folders that may not be listed.</summary>
    public IReadOnlyList<string> Closed { get; init; } = [];

    /// <summary>Pictures of formats that are not read, by their extension.</summary>
    public IReadOnlyList<string> Foreign { get; init; } = [];

    /// <summary>Why an import would refuse the folder, as far as names tell; null where it would not.</summary>
    public FineTuneException? Refusal { get; init; }

    public string FullPath(string relative) => Path.GetFullPath(relative, Root);

    /// <exception cref="FineTuneException">The folder is missing or may not be listed.</exception>
    public static ImageListing OfFolder(string folder, CancellationToken cancel)
    {
        var root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (!Directory.Exists(root)) throw Fault.NoFolder(root, FileKind.Image.Item, File.Exists(root));
        FineTuneException? refusal = null;
        var tree = FileTree.Look(root, cancel);
        var found = ClassFolders.Of(root, FileKind.Image, tree.Entries, fault => refusal = fault);
        return Around(new() { Root = root, Files = found.Files, Classes = found.Classes, Refusal = refusal ?? TallyOf(found, root) }, tree, found, []);
    }

    /// <summary>The files of imported data, those included that do not decode and that the import has left out.</summary>
    public static ImageListing Of(ImageDataset data, CancellationToken cancel)
    {
        var files = Enumerable.Range(0, data.Count).Select(row => FileOf(data, data.PathAt(row), data.Classes[data.LabelAt(row)], data.SplitAt(row)))
            .Concat(data.Skipped.Where(skipped => skipped.Bad).Select(skipped => FileOf(data, skipped.Path, "", null)));
        var listing = new ImageListing { Root = data.Root, Files = [.. files], Classes = data.Classes };
        if (((ImageDatasetReference)data.Reference).Manifest is not null) return listing;
        var tree = FileTree.Look(data.Root, cancel);
        return Around(listing, tree, ClassFolders.Of(data.Root, FileKind.Image, tree.Entries, _ => { }), [.. data.Reference.Exclude]);
    }

    static FoundFile FileOf(ImageDataset data, string path, string label, Split? split) => new(FileTree.Relative(data.Root, path), label, split, 0, 0);

    static ImageListing Around(ImageListing listing, FoundTree tree, FoundFiles found, HashSet<string> excluded) => listing with
    {
        Loose = [.. found.Loose.Select(path => FileTree.Relative(listing.Root, path)).Where(path => !excluded.Contains(path))],
        Hidden = [.. tree.Hidden.Where(entry => entry.IsFolder ? HoldsImages(listing.FullPath(entry.Path)) : FileKind.Image.Owns(entry.Path))],
        Closed = tree.Closed,
        Foreign = [.. tree.Entries.Where(entry => !entry.IsFolder && s_foreign.Contains(Path.GetExtension(entry.Path), StringComparer.OrdinalIgnoreCase)).Select(entry => entry.Path)],
    };

    static bool HoldsImages(string folder) =>
        Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, MaxRecursionDepth = 5 }).Any(FileKind.Image.Owns);

    static FineTuneException? TallyOf(FoundFiles found, string root)
    {
        try
        {
            if (found.Classes.Count > 0) found.Tally().Check(root, FileKind.Image.Item);
            return found.Files.Count > 0 ? null : Fault.NoImages(root, found.Loose.Count);
        }
        catch (FineTuneException fault)
        {
            return fault;
        }
    }
}
